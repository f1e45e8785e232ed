import { currentMode, type Player, type State, type TicketEnqueue } from "@matchforge/core";
import type { Random } from "../time/random.ts";

const alone = [
  "duel",
  "duel",
  "duel",
  "practice",
  "practice",
  "practice",
  "external",
  "external",
  "squad",
  "brawl",
];
/** What needs loading clients or game servers: offered once the shard can do it. */
const served = ["hosted", "hosted", "arena", "arena", "royale", "parlour", "parlour"];
const servedShare = 0.4;
/** Where latencies to regions matter. */
const placed: ReadonlySet<string> = new Set(["squad", "hosted", "arena", "royale"]);

/** A ticket for whoever wants to play now, alone or with their party; undefined: not this time. */
export function enqueueRequest(options: {
  readonly state: State;
  readonly me: Readonly<Player>;
  readonly random: Random;
  /** A name nobody else uses. */
  readonly name: string;
}): TicketEnqueue | undefined {
  const { state, me, random, name } = options;
  const secretEpoch = [...state.secretEpochs.keys()].at(-1);
  const party = me.party === null ? undefined : state.parties.get(me.party);
  if (party !== undefined && (party.leader !== me.id || party.members.length < 2)) return undefined;
  const mode = party === undefined ? aloneIn(state, random) : "squad";
  const pools = poolsIn(state, mode, random);
  if (secretEpoch === undefined || pools === undefined) return undefined;
  return {
    type: "ticket.enqueue",
    ticket: `ticket_${name}`,
    player: me.id,
    members: party?.members.map(({ player }) => player) ?? [me.id],
    party: party?.id ?? null,
    pools,
    wishes: wishesFor(state, mode, random),
    draw: random.uint32(),
    secretEpoch,
  };
}

function aloneIn(state: State, random: Random): string {
  const mode = random.chance(servedShare) ? random.pick(served) : random.pick(alone);
  return currentMode(state, mode) === undefined ? random.pick(alone) : mode;
}

/** A duel is sometimes looked for in two modes at once: whichever comes first. */
function poolsIn(state: State, mode: string, random: Random): TicketEnqueue["pools"] | undefined {
  const rules = currentMode(state, mode);
  if (rules === undefined) return undefined;
  const pool = { mode, tier: rules.stakes.length === 0 ? null : random.pick(rules.stakes).tier };
  if (mode !== "duel" || !random.chance(0.2)) return [pool];
  const other = random.pick(["practice", "external", "hosted"]);
  return currentMode(state, other) === undefined ? [pool] : [pool, { mode: other, tier: null }];
}

function wishesFor(state: State, mode: string, random: Random): TicketEnqueue["wishes"] {
  const isBounded = random.chance(0.1);
  return {
    opponentMin: isBounded ? 1_000 : null,
    opponentMax: isBounded ? 1_400 : null,
    expandSearch: !random.chance(0.1),
    ...(mode === "squad" && { roles: [random.pick([[], ["tank"], ["healer"], ["tank", "healer"]])] }),
    ...(placed.has(mode) && {
      latencies: random.pick([
        null,
        [
          { region: "eu", latencyMs: random.between(10, 250) },
          { region: "us", latencyMs: random.between(10, 250) },
        ],
      ]),
    }),
    ...(random.chance(0.05) && { blocked: [random.pick([...state.players.keys()])] }),
  };
}
