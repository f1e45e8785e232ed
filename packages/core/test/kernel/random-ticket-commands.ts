import {
  type Command,
  commitText,
  noQuality,
  type Pool,
  type State,
  type TicketEnqueue,
  type TicketId,
} from "../../src/index.ts";
import type { Step } from "./random-commands.ts";
import { isMate, pick, playerAt, salt, text } from "./random-picks.ts";

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
/** Played on servers, or by word of mouth. */
const served = [
  { mode: "wagered", tier: "bronze" },
  { mode: "direct", tier: null },
  { mode: "friendly", tier: null },
  { mode: "hosted", tier: null },
] as const;
const missing = [
  { mode: "chess", tier: null },
  { mode: "announced", tier: null },
  { mode: "duel", tier: null },
] as const;

export function enqueue(state: State, { a, b, c }: Step): TicketEnqueue {
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
    pools: isParty ? [{ mode: "pairs", tier: "bronze" }] : [firstWish({ a, b, c }), ...second],
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

function firstWish({ a, b, c }: Pick<Step, "a" | "b" | "c">) {
  if (c % 29 === 0) return pick(missing, b);
  return a % 4 === 0 ? pick(served, b) : pick(wishes, b % 3 === 0 ? 0 : b);
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
export function propose(state: State, { a, b, c }: Step): Command | null {
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
