import { sha256Hex } from "../../hashing/sha256.ts";

/** How many commands a text is made of, by stake tier: higher stakes, longer and harder texts. */
const commandsByTier: Readonly<Record<string, number>> = { bronze: 2, silver: 3, gold: 4, diamond: 5 };
const commandsOtherwise = 3;

const parts = {
  host: [
    "10.0.4.17",
    "172.16.9.200",
    "192.168.88.3",
    "relay-07.ghost.lan",
    "vault.ghost.lan",
    "edge.ghost.lan",
  ],
  port: ["22", "443", "1337", "5432", "8443", "9001"],
  user: ["root", "ghost", "operator", "daemon"],
  file: ["shadow.db", "keys.pem", "trace.log", "core.dump", "ledger.bin", "payload.so"],
  path: ["/var/log", "/opt/ghost", "/srv/relay", "/etc/ghostnet", "/tmp/.cache"],
  word: ["token", "session", "cipher", "handshake", "beacon", "uplink"],
} as const;

type Part = keyof typeof parts;

const commands: readonly string[] = [
  "nmap -sS -p {port} --open {host}",
  "ssh -i {file} -p {port} {user}@{host}",
  "curl -sk https://{host}:{port}/{word}",
  "tar -czf {file} {path}",
  "grep -rn '{word}' {path} | sort -u",
  "scp {user}@{host}:{path}/{file} .",
  "nc -lvnp {port} > {file}",
  "chmod 600 {path}/{file}",
  "openssl enc -aes-256-cbc -in {file} -out {word}.enc",
  "find {path} -name '{file}' -mtime -1",
  "tcpdump -i eth0 host {host} and port {port}",
  "dig +short {host} | tee {word}.txt",
];

/**
 * Composes the text of a duel from a seed: printable ASCII in the manner of terminal commands, the same
 * for the same seed and tier on every runtime.
 *
 * @param options.seed any text of 16 hex digits or more; a longer one adds nothing.
 * @example
 * composeSequence({ seed: "00".repeat(32), tier: "gold" });
 */
export function composeSequence({
  seed,
  tier,
}: {
  readonly seed: string;
  readonly tier: string | null;
}): string {
  const draw = drawsFrom(seed);
  const count = (tier === null ? undefined : commandsByTier[tier]) ?? commandsOtherwise;
  const chosen: string[] = [];
  while (chosen.length < count) {
    const command = commands[draw(commands.length)];
    const filled = command.replace(/\{(\w+)\}/g, (_, part: Part) => parts[part][draw(parts[part].length)]);
    if (!chosen.includes(filled)) chosen.push(filled);
  }
  return chosen.join(" && ");
}

/** What is shown of a text before play begins: SHA-256 of salt and text, as 64 hex digits. */
export function commitText({ salt, text }: { readonly salt: string; readonly text: string }): string {
  return sha256Hex(salt + text);
}

/** Whole numbers below a bound, from a 32-bit generator seeded with the whole seed (splitmix32). */
function drawsFrom(seed: string): (bound: number) => number {
  let state = Number.parseInt(sha256Hex(seed).slice(0, 8), 16);
  return (bound) => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return Math.floor((((word ^ (word >>> 15)) >>> 0) / 0x1_0000_0000) * bound);
  };
}
