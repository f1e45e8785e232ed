import type { Command, Match, ReportedTeam, ServerId, State } from "../../src/index.ts";
import type { Step } from "./random-commands.ts";
import { matchAt, pick } from "./random-picks.ts";

const names = ["one", "two", "three"] as const;

/** Servers come, say that they live, change, and go. */
export function serverCommand(state: State, { a, b, c }: Step): Command {
  const server: ServerId = `server_${pick(names, a)}`;
  const known = state.servers.get(server);
  const epoch = c % 13 === 0 ? 1 : (known?.epoch ?? 0);
  if (b % 5 < 2) return up(server, { a, b, c });
  return pick<Command>(
    [
      {
        type: "server.alive",
        servers: [...state.servers.values()].map(({ id, epoch: own }) => ({ server: id, epoch: own })),
      },
      { type: "server.alive", servers: [{ server, epoch }] },
      { type: "server.drain", server, epoch, draining: b % 2 === 0 },
      { type: "server.down", server, epoch },
      redeem(state, { a, b, c }),
      admit(state, { a, b }),
    ],
    c,
  );
}

function up(server: ServerId, { a, b, c }: Pick<Step, "a" | "b" | "c">): Command {
  const capacity = c % 17 === 0 ? -1 : 1 + (b % 3);
  return {
    type: "server.up",
    server,
    allocator: "registry",
    instance: c % 3 === 0 ? `run ${a % 4}` : "run",
    offer: { address: "203.0.113.1:1", region: pick(["eu", "us", null], b), capacity, labels: {} },
    isHeard: b % 4 !== 0,
  };
}

/** What a match that is being prepared waits for: one of it, or somebody's nonsense. */
export function prepare(state: State, match: Match, { b, c }: Step): Command {
  const key = `allocate:${match.id}:${match.allocation?.attempt ?? 1}`;
  const player = pick(match.players, b).id;
  const lent = {
    type: "server.lent",
    key,
    allocator: "http",
    name: "vm",
    address: "198.51.100.1:1",
    region: null,
  } as const;
  return pick<Command>(
    [
      { type: "effect.done", key: `escrow:${match.id}`, txHash: null },
      { type: "match.loaded", match: match.id, player },
      { type: "match.loaded", match: match.id, player },
      { type: "server.choose", key, allocator: "registry", isUnsure: b % 2 === 0 },
      { ...lent, isUnsure: b % 3 === 0 },
      c % 3 === 0
        ? { type: "effect.failed", key, reason: "full", isUnsure: b % 2 === 0 }
        : { ...lent, isUnsure: true },
      {
        type: "effect.done",
        key: [...state.effects.keys()].find((own) => own.startsWith("release:")) ?? key,
        txHash: null,
      },
    ],
    c,
  );
}

/** A game that is played elsewhere: on a server, or by word of mouth. */
export function playElsewhere(state: State, match: Match, { a, b, c }: Step): Command {
  const ranks = pick(
    [
      [1, 2],
      [2, 1],
      [1, 1],
      [3, 0],
    ],
    c,
  );
  if (b % 5 === 0) return { type: "match.report", match: match.id, ranks };
  const teams = teamsOf(match, ranks);
  const attempt = c % 11 === 0 ? 7 : (match.allocation?.attempt ?? 1);
  if (match.allocation === undefined)
    return { type: "match.claim", match: match.id, player: pick(match.players, a).id, teams };
  if (b % 3 === 0) return redeem(state, { a, b, c });
  return { type: b % 4 === 1 ? "match.result" : "match.standing", match: match.id, attempt, teams };
}

function teamsOf({ players }: Match, ranks: readonly number[]): ReportedTeam[] {
  return ranks.map((rank, team) => ({
    players: players.filter((player) => player.team === team).map(({ id }) => id),
    rank,
  }));
}

function redeem(state: State, { a, b, c }: Pick<Step, "a" | "b" | "c">): Command {
  const match = hostedAt(state, a);
  const own = match?.players[b % match.players.length];
  return {
    type: "match.redeem",
    match: match?.id ?? "match_none",
    attempt: c % 7 === 0 ? 2 : (match?.allocation?.attempt ?? 1),
    player: own?.id ?? "player_none",
    serial: own?.matchTicket?.serial ?? 0,
  };
}

function admit(state: State, { a, b }: Pick<Step, "a" | "b">): Command {
  const match = hostedAt(state, a);
  return {
    type: "match.admit",
    match: match?.id ?? "match_none",
    player: match?.players[b % match.players.length]?.id ?? "player_none",
  };
}

function hostedAt(state: State, number: number): Match | undefined {
  const hosted = [...state.matches.values()].filter(({ allocation }) => allocation !== undefined);
  return hosted.length === 0 ? matchAt(state, number) : pick(hosted, number);
}
