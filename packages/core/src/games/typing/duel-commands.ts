/** How hard a command is to type: words and few signs, flags and pipes, or quotes, brackets and redirections. */
export type Difficulty = "easy" | "medium" | "hard";

/** What the places in braces of a command are filled with. */
export const commandParts = {
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
  hex: ["7f3a", "c0de", "1b84", "9e37", "e5d2", "40af"],
} as const;

/** What a duel's text is made of, by difficulty. */
export const duelCommands: Readonly<Record<Difficulty, readonly string[]>> = {
  easy: [
    "ssh -p {port} {user}@{host}",
    "scp {file} {user}@{host}:{path}",
    "tail -f {path}/{word}.log",
    "ping -c 4 {host}",
    "chmod 600 {path}/{file}",
    "chown {user} {path}/{file}",
    "mkdir -p {path}/{word}",
    "telnet {host} {port}",
    "systemctl restart {word}",
  ],
  medium: [
    "nmap -sS -p {port} --open {host}",
    "curl -sk https://{host}:{port}/{word}",
    "tar -czf {file} {path}/{word}",
    "grep -rn '{word}' {path} | sort -u",
    "nc -lvnp {port} > {path}/{file}",
    "openssl enc -aes-256-cbc -in {file} -out {word}.enc",
    "find {path} -name '{file}' -mtime -1",
    "tcpdump -i eth0 host {host} and port {port}",
    "dig +short {host} | tee {word}.txt",
  ],
  hard: [
    "awk -F: '$3 >= 1000 {print $1}' {path}/{word}",
    "sed -nE 's/^{word}=([0-9]+)$/\\1/p' {path}/{file}",
    "for p in {port} 80; do nc -zv {host} $p; done",
    "xxd -s 0x{hex} -l 64 {file} | cut -c10-49",
    "jq -r '.[] | select(.{word} != null)' {file} >> {word}.json",
    "LD_PRELOAD=./{file} strace -f -o {word}.out {path}/{word}",
    "printf '%08x\\n' $((0x{hex} ^ 0x{hex})) | tee {word}.txt",
    'curl -X POST -d \'{"{word}":"0x{hex}"}\' https://{host}/{word}',
    "iptables -A INPUT -s {host} ! --dport {port} -j DROP 2>&1",
  ],
};
