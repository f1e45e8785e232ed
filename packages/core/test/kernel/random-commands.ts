import fc from "fast-check";
import {
  type Command,
  commitText,
  type Match,
  type NodeKey,
  noQuality,
  type Player,
  type PlayerId,
  type Pool,
  type State,
  sha256Hex,
  type TicketEnqueue,
  type TicketId,
} from "../../src/index.ts";
import { changedRules, testRules } from "./modes.ts";
import { crewCommand } from "./random-crew-commands.ts";
import { partyCommand } from "./random-party-commands.ts";
import { flawless, typedOf } from "./shard.ts";

/** A step of a random history: what kind of thing happens, when, and numbers that choose the rest. */
export interface Step {
  readonly kind: keyof typeof writers;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** How far the log's clock moves first. */
  readonly ms: number;
  /** Chooses the node that appends it; now and then one that is not up. */
  readonly by: number;
}

/** What a step becomes in the shard as it stands; null when there is nothing to do it with. */
export function commandOf(step: Step, state: State): { command: Command; node: NodeKey } | null {
  const command = writers[step.kind](state, step);
  if (command === null) return null;
  const nodes = [...state.nodes.keys()];
  const known = nodes.length === 0 || step.kind === "up" ? bootOf(step) : pick(nodes, step.by);
  return { command, node: step.by % 37 === 0 ? bootOf(step) : known };
}

const salt = "salt";
const text = "ls -la";
const names = ["ada", "bob", "cyd", "dan", "eve", "fay", "gil", "hal"] as const;
/** Players who are in crews and seldom play on their own. */
const mates = ["ian", "jay", "kim", "lea", "mia", "ned", "oli", "pam", "rex"] as const;
const wishes = [
  { mode: "duel", tier: "bronze" },
  { mode: "duel", tier: "gold" },
  { mode: "arena", tier: null },
  { mode: "quick", tier: null },
  { mode: "hidden", tier: null },
  { mode: "squad", tier: null },
  { mode: "staged", tier: null },
  { mode: "brawl", tier: "bronze" },
] as const;
const missing = [
  { mode: "chess", tier: null },
  { mode: "announced", tier: null },
  { mode: "duel", tier: null },
] as const;
/** Small enough to fill, and short enough to end within a history. */
const quickSiege = {
  siege: { gatherMs: 20_000, membersMin: 2, membersMax: 3, sideDifferenceMax: 0 },
  readyCheckMs: null,
  countdownMs: 0,
};
export const randomRules = {
  ...changedRules({ arena: { maxTickets: 2 }, proxy: quickSiege }),
  ledger: { faucet: "330", faucetEveryMs: 600_000 },
};
const ruleSets = [
  randomRules,
  changedRules({ arena: null, proxy: quickSiege }),
  changedRules({ duel: { stakes: [{ tier: "bronze", stake: "60" }] }, proxy: quickSiege }),
  changedRules({ quick: { enabled: false }, arena: { readyCheckMs: null }, proxy: quickSiege }),
  changedRules({ brawl: { stakes: [{ tier: "bronze", stake: "5" }] }, proxy: quickSiege }),
  changedRules({
    pairs: { round: { playersMin: 2, playersMax: 4, registrationMs: 5_000, extensionMs: 0 } },
    proxy: quickSiege,
  }),
  { ...testRules, modes: [{ ...testRules.modes[0], burnBps: -1 }] },
];

function pick<T>(items: readonly T[], number: number): T {
  return items[number % items.length];
}

const playerAt = (number: number): PlayerId => `player_${pick(names, number)}`;
const mateAt = (number: number): PlayerId => `player_${pick(mates, number)}`;
const isMate = (id: PlayerId) => mates.some((name) => id === `player_${name}`);
const bootOf = ({ a, b }: Step): NodeKey => `${pick(["alpha", "beta"], a)}/${b % 50}`;
const matchAt = (state: State, number: number): Match | undefined =>
  state.matches.size === 0 ? undefined : pick([...state.matches.values()], number);

function enqueue(state: State, { a, b, c }: Step): TicketEnqueue {
  const idle = [...state.players.values()].filter(
    ({ id, epoch, ticket, match }) =>
      epoch > 0 && ticket === null && match === null && (a % 29 === 0 || !isMate(id)),
  );
  const player = idle.length === 0 || a % 10 === 0 ? playerAt(a) : pick(idle, a).id;
  const isParty = b % 13 === 0;
  const second = c % 3 === 0 ? [pick(wishes, c + 1)] : [];
  return {
    type: "ticket.enqueue",
    ticket: c % 41 === 0 ? "ticket_again" : `ticket_${state.position}`,
    player,
    members: isParty ? [player, pick(idle, a + 1)?.id ?? playerAt(c)] : [player],
    party: null,
    pools: isParty
      ? [{ mode: "pairs", tier: "bronze" }]
      : [c % 29 === 0 ? pick(missing, b) : pick(wishes, b % 3 === 0 ? 0 : b), ...second],
    wishes: {
      opponentMin: c % 7 === 0 ? 1_100 : null,
      opponentMax: c % 11 === 0 ? 1_210 : null,
      expandSearch: c % 2 === 0,
    },
    draw: (a * 2_654_435_761 + b) % 2 ** 32,
    secretEpoch: c % 23 === 0 ? 99 : ([...state.secretEpochs.keys()].at(-1) ?? 0),
    ...(c % 4 === 0 ? { origin: { key: `request ${b % 6}`, bodyHash: c % 2 } } : undefined),
  };
}

/** The oldest tickets of a pool on teams: one against one, and of lone squad players two against two. */
function oldestTeams(state: State, queue: readonly TicketId[], b: number): TicketId[][] {
  const [first, second, third, fourth] = queue;
  const isAlone = (id: TicketId) => state.tickets.get(id)?.playerIds.length === 1;
  const isSquad = state.tickets.get(first)?.standings.some(({ pool }) => pool === "squad");
  if (!isSquad || !isAlone(first)) return [[first], [queue[1 + (b % (queue.length - 1))]]];
  return fourth === undefined
    ? [[first], [second]]
    : [
        [first, second],
        [third, fourth],
      ];
}

/** Proposes the oldest tickets of a pool, or, now and then, nonsense. */
function propose(state: State, { a, b, c }: Step): Command | null {
  const rounds = state.pools.get("brawl:bronze");
  if (rounds !== undefined && rounds.index.size > 0 && c % 3 === 0) return fill(state, rounds, b);
  const pools = [...state.pools.values()].filter(({ index }) => index.size > 1);
  if (pools.length === 0) return null;
  const fought = pools.find(({ territory }) => territory !== null);
  const pool = fought !== undefined && a % 3 !== 0 ? fought : pick(pools, a);
  const queue: TicketId[] = pool.index.byAge.chunks.flat().map(({ ticketId }) => ticketId);
  if (b % 19 === 0) queue[0] = pick([...state.tickets.keys()], b);
  const roles = [
    ["tank", "healer"],
    ["healer", "tank"],
  ];
  return {
    type: "matcher.propose",
    term: c % 29 === 0 ? state.term - 1 : state.term,
    match: c % 31 === 0 ? "match_again" : `match_${state.position}`,
    pool: pool.key,
    rulesVersion: c % 37 === 0 ? 0 : state.rulesVersion,
    teams: b % 17 === 0 ? [[queue[0], queue[1]], []] : oldestTeams(state, queue, b),
    ...(pool.mode === "squad" && { roles, map: c % 7 === 0 ? "nowhere" : "mill" }),
    quality: noQuality,
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
    commitment: pool.mode === "duel" ? commitText({ salt, text }) : null,
  };
}

/** Registers the oldest ticket for an open round, or for a new one. */
function fill(state: State, pool: Pool, b: number): Command {
  const open = pool.forming.length > 0 && b % 5 !== 0 ? pick(pool.forming, b) : undefined;
  const queue = pool.index.byAge.chunks.flat().map(({ ticketId }) => ticketId);
  return {
    type: "round.fill",
    term: state.term,
    match: open ?? `match_${state.position}`,
    pool: pool.key,
    rulesVersion: state.rulesVersion,
    tickets: queue.slice(0, 1 + (b % 2)),
    quality: noQuality,
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
    commitment: null,
  };
}

/** What brings a match forward: the next thing that it waits for. */
function bringForward(state: State, step: Step): Command | null {
  const siege = [...state.matches.values()].find(
    ({ phase, contest }) => contest !== null && phase.state === "FORMING",
  );
  const match = siege !== undefined && step.c % 3 === 0 ? siege : matchAt(state, step.a);
  if (match === undefined) return null;
  const player = match.players.length === 0 ? playerAt(step.b) : pick(match.players, step.b).id;
  switch (match.phase.state) {
    case "FORMING":
      if (match.contest !== null) return gather(state, match, step);
      return step.c % 5 === 0 ? { type: "ticket.cancel", player } : null;
    case "MATCHED":
      return { type: step.c % 9 === 0 ? "match.notified" : "match.accept", match: match.id, player };
    case "PREPARING":
      return { type: "effect.done", key: `escrow:${match.id}`, txHash: null };
    case "READY":
      if (match.phase.awaitsDispatch) return { type: "match.dispatch", match: match.id, server: "eu-1" };
      return { type: "match.begin", match: match.id, text, salt: step.c % 13 === 0 ? "sugar" : salt };
    case "ACTIVE":
      return play(state, match, step);
    case "RESOLVED":
      return { type: "effect.done", key: `settle:${match.id}`, txHash: "0x1" };
  }
}

/** Those called to a siege join it, most of them. */
function gather(state: State, { id: match, contest }: Match, { a, b, c }: Step): Command {
  const called = (contest?.crews ?? []).flatMap((crew) => state.crews.get(crew)?.members ?? []);
  const player = a % 11 === 0 ? playerAt(b) : pick(called, b);
  return c % 13 === 0 ? { type: "ticket.cancel", player } : { type: "siege.join", match, player };
}

function play(state: State, match: Match, { b, c }: Step): Command {
  const own = pick(match.players, b);
  const { epoch } = state.players.get(own.id) as Player;
  const ranks = [
    pick(
      [
        [1, 2],
        [2, 1],
        [1, 1],
        [3, 0],
      ],
      c,
    ),
  ].flat();
  if (match.phase.state === "ACTIVE" && match.phase.text === null)
    return { type: "match.report", match: match.id, ranks };
  const base = { match: match.id, player: own.id, epoch: c % 13 === 0 ? epoch - 1 : epoch };
  if (c % 5 === 0) return { type: "match.finish", ...base, typed: flawless(text.length) };
  if (c % 19 === 0) return { type: "match.checkpoint", ...base, typed: typedOf({ keys: 500 }), final: false };
  const typed =
    c % 17 === 0 ? typedOf({ position: c, keys: Number.NaN }) : flawless(Math.min(5, own.typed.position + 1));
  return { type: "match.checkpoint", ...base, typed, final: c % 7 === 0 };
}

/** A command of anybody on any match, in whatever state it is. */
function interfere(state: State, { a, b, c }: Step): Command | null {
  const match = matchAt(state, a)?.id ?? "match_none";
  const player = playerAt(b);
  const origin = c % 3 === 0 ? { origin: { key: `request ${c % 6}`, bodyHash: b % 2 } } : undefined;
  const epoch = state.players.get(player)?.epoch ?? 0;
  const typed = typedOf({ position: b % 7, keys: c % 40, errors: a % 3, backspaces: a % 2, wrong: c % 4 });
  return pick<Command>(
    [
      { type: "match.decline", match, player, ...origin },
      { type: "match.abandon", match, player, ...origin },
      { type: "match.accept", match, player, ...origin },
      { type: "match.notified", match, player },
      { type: "match.finish", match, player, epoch, typed },
      { type: "match.checkpoint", match, player, epoch, typed, final: b % 2 === 0 },
      { type: "match.report", match, ranks: [1, 2] },
      { type: "match.begin", match, text, salt },
      { type: "match.dispatch", match, server: "us-1" },
      { type: "match.close", match, reason: "maintenance" },
      { type: "effect.done", key: `${pick(["escrow", "begin", "settle"], b)}:${match}`, txHash: null },
      {
        type: "effect.failed",
        key: `${pick(["escrow", "begin", "settle"], b)}:${match}`,
        reason: "reverted",
      },
    ],
    c,
  );
}

function epochCommand(state: State, { a, b }: Step): Command {
  const numbers = [...state.secretEpochs.keys()];
  const { term } = state;
  if (a % 2 === 0) {
    const number = (numbers.at(-1) ?? 0) + 1;
    return { type: "epoch.open", term, number, hash: sha256Hex(`secret ${number}`) };
  }
  const number = numbers[0] ?? 0;
  return { type: "epoch.reveal", term, number, secret: `secret ${b % 5 === 0 ? "no" : number}` };
}

const writers = {
  /** Time passes: see `run`. */
  sleep: (): null => null,
  alive: (): Command => ({ type: "node.alive" }),
  up: (): Command => ({ type: "node.up", levels: [1] }),
  lead: (): Command => ({ type: "node.lead" }),
  drain: (): Command => ({ type: "node.draining" }),
  level: ({ term }: State): Command => ({ type: "kernel.level", term, level: 2 }),
  connect: (state: State, step: Step): Command => {
    const node = state.nodes.size === 0 ? bootOf(step) : pick([...state.nodes.keys()], step.b);
    const isLone = step.c % 3 !== 0;
    const player = isLone ? playerAt(step.a) : mateAt(step.b);
    return { type: "player.connected", player, node, guest: isLone && step.a % 2 === 0 };
  },
  disconnect: (state: State, { a, b }: Step): Command => {
    const player = b % 5 === 0 ? mateAt(a) : playerAt(a);
    const epoch = state.players.get(player)?.epoch ?? 0;
    return { type: "player.disconnected", player, epoch: b % 11 === 0 ? epoch - 1 : epoch };
  },
  party: (state: State, step: Step): Command => partyCommand(state, step, playerAt),
  crew: (state: State, step: Step): Command | null =>
    crewCommand(state, step, step.c % 23 === 0 ? playerAt : mateAt),
  enqueue,
  cancel: (_: State, { a }: Step): Command => ({ type: "ticket.cancel", player: playerAt(a) }),
  propose,
  forward: bringForward,
  interfere,
  decline: (state: State, { a, b }: Step): Command | null => {
    const match = matchAt(state, a);
    return match === undefined || match.players.length === 0
      ? null
      : { type: "match.decline", match: match.id, player: pick(match.players, b).id };
  },
  epoch: epochCommand,
  rules: (_: State, { a }: Step): Command => ({ type: "rules.configure", rules: pick(ruleSets, a) }),
  archive: (state: State, { a }: Step): Command => ({
    type: "archive.progress",
    cursor: state.position - (a % 3),
  }),
  poison: (state: State, { a, b }: Step): Command =>
    pick<unknown>(
      [
        { type: "ticket.enqueue", player: playerAt(b) },
        { type: "matcher.propose", teams: null, term: state.term },
        { type: "rules.configure", rules: null },
        { type: "player.teleport", player: playerAt(b) },
      ],
      a,
    ) as Command,
} satisfies Record<string, (state: State, step: Step) => Command | null>;

const kinds = fc.oneof(
  { weight: 60, arbitrary: fc.constant("alive" as const) },
  {
    weight: 8,
    arbitrary: fc.constantFrom("up", "lead", "drain", "level", "epoch", "rules", "archive", "poison"),
  },
  { weight: 60, arbitrary: fc.constant("connect" as const) },
  { weight: 16, arbitrary: fc.constantFrom("disconnect", "cancel") },
  { weight: 60, arbitrary: fc.constant("party" as const) },
  { weight: 120, arbitrary: fc.constant("crew" as const) },
  { weight: 120, arbitrary: fc.constant("enqueue" as const) },
  { weight: 120, arbitrary: fc.constant("propose" as const) },
  { weight: 260, arbitrary: fc.constant("forward" as const) },
  { weight: 30, arbitrary: fc.constant("interfere" as const) },
  { weight: 10, arbitrary: fc.constant("decline" as const) },
  { weight: 2, arbitrary: fc.constant("sleep" as const) },
);

const number = fc.nat(9_999);

/** Mostly a steady clock; sometimes one that leaps, stands still or goes back. */
const clock = fc.oneof(
  { weight: 20, arbitrary: fc.nat(1_200) },
  { weight: 4, arbitrary: fc.constant(2_000) },
  { weight: 1, arbitrary: fc.constantFrom(0, -5_000, 3_600_000) },
);

const steps: fc.Arbitrary<Step> = fc.record({
  kind: kinds,
  a: number,
  b: number,
  c: number,
  ms: clock,
  by: number,
});

/** The history that a seed stands for. */
export function scriptFrom({ seed, length }: { readonly seed: number; readonly length: number }): Step[] {
  return fc.sample(steps, { seed, numRuns: length });
}
