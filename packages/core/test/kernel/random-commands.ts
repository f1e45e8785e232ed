import fc from "fast-check";
import { type Command, type NodeKey, type State, sha256Hex } from "../../src/index.ts";
import { adminCommand } from "./random-admin-commands.ts";
import { crewCommand } from "./random-crew-commands.ts";
import { bringForward, interfere } from "./random-match-commands.ts";
import { partyCommand } from "./random-party-commands.ts";
import { matchAt, mateAt, pick, playerAt } from "./random-picks.ts";
import { ruleSets } from "./random-rules.ts";
import { serverCommand } from "./random-server-commands.ts";
import { enqueue, propose } from "./random-ticket-commands.ts";

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

const bootOf = ({ a, b }: Step): NodeKey => `${pick(["alpha", "beta"], a)}/${b % 50}`;

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

/** A claim about one of few things, so that nodes meet in theirs and now and then differ. */
function hashCommand({ a, b, c }: Step): Command {
  const of = c % 2 === 0 ? "events" : "state";
  return { type: "node.hash", of, position: 100, hash: a % 3 === 0 ? "aa" : "bb", replayed: b % 8 === 0 };
}

function prefer({ a, b, c }: Step): Command {
  const regions = pick([null, ["eu"], ["us", "eu"], []], b);
  const latencyMaxMs = pick([null, 50, [{ region: "us", latencyMs: 80 }], -1], c);
  const latencies = pick([null, [{ region: "eu", latencyMs: 30 }]], a);
  return {
    type: "player.prefer",
    player: playerAt(a),
    preferences: { modes: [], regions, latencyMaxMs, latencies },
  };
}

const writers = {
  /** Time passes: see `run`. */
  sleep: (): null => null,
  alive: (state: State, step: Step): Command => {
    // A halted shard makes no matches: an operator soon lets it go on.
    if (step.c % (state.haltedAt === undefined ? 12 : 3) === 0) return adminCommand(state, step);
    return step.b % 2 === 0 ? hashCommand(step) : { type: "node.alive" };
  },
  up: (_: State, { a }: Step): Command => ({
    type: "node.up",
    levels: a % 11 === 0 ? [1] : a % 7 === 0 ? [1, 2] : [1, 2, 3],
  }),
  lead: (): Command => ({ type: "node.lead" }),
  drain: (): Command => ({ type: "node.draining" }),
  level: ({ term }: State, { a }: Step): Command => ({
    type: "kernel.level",
    term,
    level: a % 4 === 0 ? 2 : 3,
  }),
  server: serverCommand,
  connect: (state: State, step: Step): Command => {
    const node = state.nodes.size === 0 ? bootOf(step) : pick([...state.nodes.keys()], step.b);
    const isLone = step.c % 3 !== 0;
    const player = isLone ? playerAt(step.a) : mateAt(step.b);
    const guest = isLone && step.a % 2 === 0;
    return { type: "player.connected", player, node, guest, ...(step.b % 3 === 0 && { via: "http" }) };
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
  cancel: (_: State, step: Step): Command =>
    step.c % 5 === 0 ? prefer(step) : { type: "ticket.cancel", player: playerAt(step.a) },
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
  { weight: 8, arbitrary: fc.constantFrom("up", "level") },
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
  { weight: 60, arbitrary: fc.constant("server" as const) },
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
