import { Tokens } from "@matchforge/server";
import { clientFrame } from "./frames.ts";
import { LoadPlayer, type Traffic } from "./load-player.ts";

const signInsAtOnce = 500;
const tokenMs = 3_600_000;

/** The `auth` frames of players, made beforehand, so that signing is not part of what is measured. */
export async function authFrames(options: {
  /** Hex: what the server signs tokens with. */
  readonly secret: string;
  readonly count: number;
  readonly label: string;
}): Promise<readonly Buffer[]> {
  const { secret, count, label } = options;
  const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
  const expiresAt = Date.now() + tokenMs;
  const frames: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    const token = await tokens.mint({ player: `player_${label}x${index}`, expiresAt });
    const data = { token, client: `load${index}` };
    frames.push(clientFrame(JSON.stringify({ type: "auth", id: "auth", ts: 0, data })));
  }
  return frames;
}

/** Signs players in, a few hundred at once, spread over servers in turn. */
export async function signInMany(options: {
  readonly ports: readonly number[];
  readonly auths: readonly Buffer[];
  readonly traffic: Traffic;
}): Promise<LoadPlayer[]> {
  const { ports, auths, traffic } = options;
  return inTurns(auths.length, signInsAtOnce, (index) =>
    LoadPlayer.signIn({ index, port: ports[index % ports.length], auth: auths[index], traffic }),
  );
}

/** Does something `count` times, at most `atOnce` at a time; answers in order. */
export async function inTurns<Result>(
  count: number,
  atOnce: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return results;
}
