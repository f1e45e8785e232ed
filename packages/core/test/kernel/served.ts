import assert from "node:assert/strict";
import {
  type Command,
  defineMode,
  defineRules,
  type KernelEvent,
  type MatchId,
  type ModeRules,
  type PlayerId,
  type RegionLatency,
  type ServerId,
  type ServerOffer,
} from "../../src/index.ts";
import { expectEvent, refusal, Shard } from "./shard.ts";

const anyone = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
  avoidRematch: null,
} as const;

/** Clients load, and a server plays it: nobody is asked. */
export const hosted: ModeRules = defineMode({
  id: "hosted",
  search: anyone,
  requires: ["loading", "server"],
  readyCheckMs: null,
});

/** The same for a stake. */
export const wagered: ModeRules = {
  ...hosted,
  id: "wagered",
  stakes: [{ tier: "bronze", stake: "50" }],
  requires: ["escrow", "loading", "server"],
};

/** Without loading, and decided by the standing when its server is lost. */
export const direct: ModeRules = { ...hosted, id: "direct", requires: ["server"], serverLost: "standing" };

/** Played by word of mouth: the players tell the result. */
export const friendly: ModeRules = { ...hosted, id: "friendly", requires: [], countdownMs: 0 };

/** Two against two by word of mouth. */
export const mates: ModeRules = { ...friendly, id: "mates", teams: [2, 2] };

/** Only on servers with a map, in regions all can reach. */
export const choosy: ModeRules = {
  ...direct,
  id: "choosy",
  serverLabels: { map: "mill" },
  search: { ...anyone, regions: { names: ["eu", "us"], latencyMax: [{ afterMs: 0, latencyMs: 100 }] } },
};

export const servedRules = defineRules({
  modes: [hosted, wagered, direct, friendly, mates, choosy],
  ledger: { faucet: "1000", faucetEveryMs: 600_000 },
});

/** A shard at the level of servers. */
export function servedShard(): Shard {
  const shard = Shard.started(servedRules);
  shard.apply({ type: "kernel.level", term: shard.state.term, level: 3 });
  return shard;
}

/** A match of a mode played elsewhere. */
export interface Served {
  readonly shard: Shard;
  readonly players: readonly PlayerId[];
  readonly match: MatchId;
}

/** As many players as the mode asks for, in a fresh match. */
export function served(
  mode: string,
  {
    shard = servedShard(),
    latencies = [],
  }: { shard?: Shard; latencies?: readonly (readonly RegionLatency[])[] } = {},
): Served {
  const rules = servedRules.modes.find(({ id }) => id === mode) as ModeRules;
  const sizes = rules.teams.map(Number);
  const players: PlayerId[] = [];
  const teams = sizes.map((size) =>
    Array.from({ length: size }, () => {
      const player = shard.connect(`${mode}${shard.state.players.size}`);
      const own = latencies[players.length];
      players.push(player);
      const tier = rules.stakes[0]?.tier ?? null;
      const wishes = own === undefined ? {} : { wishes: { latencies: own } };
      return shard.enqueue(player, mode, { pools: [{ mode, tier }], ...wishes });
    }),
  );
  shard.wait(1_000);
  const match = shard.propose(teams, rules.stakes.length > 0 ? `${mode}:bronze` : mode);
  return { shard, players, match };
}

export function load({ shard, match }: Served, player: PlayerId): KernelEvent[] {
  return shard.apply({ type: "match.loaded", match, player });
}

export function loadAll(game: Served): KernelEvent[] {
  return game.players.flatMap((player) => load(game, player));
}

const offer: ServerOffer = { address: "203.0.113.7:7777", region: "eu", capacity: 2, labels: {} };

export function upCommand(name: string, change: Partial<ServerOffer & { instance: string }> = {}) {
  const { instance = "1", ...own } = change;
  return {
    type: "server.up",
    server: `server_${name}` as ServerId,
    allocator: "registry",
    instance,
    offer: { ...offer, ...own },
    isHeard: true,
  } satisfies Command;
}

export function register(
  shard: Shard,
  name: string,
  change: Partial<ServerOffer & { instance: string }> = {},
): ServerId {
  const command = upCommand(name, change);
  assert.equal(refusal(shard.apply(command)), undefined);
  return command.server;
}

/** Time passes, and all servers say that they live. */
export function waitHeard(shard: Shard, ms: number): KernelEvent[] {
  const events: KernelEvent[] = [];
  for (let left = ms; left > 0; left -= 1_000) {
    const servers = heardServers(shard);
    events.push(...shard.apply({ type: "server.alive", servers }), ...shard.wait(Math.min(left, 1_000)));
  }
  return events;
}

/** The servers that say that they live. */
export function heardServers({ state }: Shard) {
  const heard = [...state.servers.values()].filter(({ lastHeardAt }) => lastHeardAt !== null);
  return heard.map(({ id: server, epoch }) => ({ server, epoch }));
}

/** The key of the request that a match waits for. */
export function askedKey({ shard, match }: Served): string {
  const key = [...shard.state.effects.values()].find(
    ({ kind, matchId }) => kind === "allocate" && matchId === match,
  )?.key;
  assert.ok(key, `${match} asks for no server`);
  return key;
}

export function choose(game: Served): KernelEvent[] {
  return game.shard.apply({
    type: "server.choose",
    key: askedKey(game),
    allocator: "registry",
    isUnsure: false,
  });
}

export function lend(game: Served, { isUnsure = false, key = askedKey(game) } = {}): KernelEvent[] {
  return game.shard.apply({
    type: "server.lent",
    key,
    allocator: "http",
    name: "vm-1",
    address: "198.51.100.1:9000",
    region: null,
    isUnsure,
  });
}

/** The match is in play on a registered server. */
export function playing(mode: string, shard: Shard = servedShard()): Served & { readonly server: ServerId } {
  const server = register(shard, "one");
  const game = served(mode, { shard });
  if (mode !== "direct") loadAll(game);
  expectEvent(choose(game), "match.allocated");
  if (mode === "wagered") shard.apply({ type: "effect.done", key: `escrow:${game.match}`, txHash: null });
  waitHeard(shard, 5_000);
  assert.equal(shard.stateOf(game.match), "ACTIVE");
  return { ...game, server };
}

/** A result by ranks, in the order of the teams. */
export function ranked({ shard, match }: Served, ...ranks: readonly number[]) {
  return ranks.map((rank, team) => ({ players: membersOf(shard, match, team), rank }));
}

export function membersOf(shard: Shard, match: MatchId, team: number): PlayerId[] {
  return shard
    .match(match)
    .players.filter((player) => player.team === team)
    .map(({ id }) => id);
}
