import { nameOf } from "../audit/chronicle.ts";
import { onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

/** Scenarios of several coordinators and their store. */
export const coordinators: readonly Scenario[] = [
  {
    id: "H1",
    when: "coordinators of two builds run side by side",
    watch: onEvent("node.up", ({ node, levels }, { state }) => {
      const others = [...state.nodes.values()].filter(({ id }) => id !== node);
      return others.some((other) => other.levels.length !== levels.length);
    }),
    nodesMin: 2,
  },
  { id: "H2", when: "a coordinator is drained", watch: onEvent("node.draining", () => true) },
  { id: "H3", when: "a coordinator is given up that runs and cannot reach the store", nodesMin: 2 },
  { id: "H4", when: "the line of the leader passes in one direction only" },
  {
    id: "H5",
    when: "a coordinator that was given up goes on where it was",
    watch: afterSilence,
  },
  {
    id: "H6",
    when: "somebody comes by another coordinator than before",
    watch: onEvent("player.connected", ({ player, node }, { chronicle }) => {
      const before = chronicle.players.get(player)?.node ?? null;
      return before !== null && nameOf(before) !== nameOf(node);
    }),
    nodesMin: 2,
  },
  { id: "H7", when: "a reader is told of an append late, behind others, or not at all" },
  { id: "H8", when: "an entry arrives of a run whose successor is up", watch: afterSuccessor },
  { id: "I7", when: "a batch whose append had failed is there already" },
];

/** What a coordinator says most: enough of it arrives late. */
const spoken = [
  "node.alive",
  "player.connected",
  "player.disconnected",
  "matcher.propose",
  "match.checkpoint",
] as const;

function afterSilence(): Watch {
  return {
    commands: spoken,
    entry: (moment) => refusalIn(moment) === "NODE_NOT_FOUND" || isUnheard(moment),
  };
}

/** What is no command of anybody leaves no refusal. */
function isUnheard({ entry, chronicle }: Parameters<NonNullable<Watch["entry"]>>[0]): boolean {
  return !chronicle.nodes.has(entry.node);
}

function afterSuccessor(): Watch {
  return {
    commands: spoken,
    entry: ({ entry, chronicle }) =>
      !chronicle.nodes.has(entry.node) &&
      [...chronicle.nodes.values()].some(({ name }) => name === nameOf(entry.node)),
  };
}
