import type { Moment } from "../audit/check.ts";
import { onCommand, onEvent, refusalIn, type Scenario, type Watch } from "./scenario.ts";

/** Scenarios of play and of coming back to it. */
export const reconnects: readonly Scenario[] = [
  {
    id: "E1",
    when: "a connection ends after it was replaced",
    watch: onCommand("player.disconnected", ({ player }, moment) => {
      return refusalIn(moment) === "STALE_EPOCH" && moment.chronicle.isPresent(player);
    }),
  },
  {
    id: "E2",
    when: "a connection ends after it was replaced, of somebody who plays",
    watch: onCommand("player.disconnected", ({ player }, moment) => {
      const isReplaced = refusalIn(moment) === "STALE_EPOCH" && moment.chronicle.isPresent(player);
      return isReplaced && stateOf(moment, player) === "ACTIVE";
    }),
  },
  {
    id: "E3",
    when: "somebody comes back to their match by another coordinator",
    watch: onEvent("player.connected", ({ backIn, player, node }, { chronicle }) => {
      return backIn !== null && chronicle.players.get(player)?.node !== node;
    }),
  },
  {
    id: "E4",
    when: "somebody is there with two devices",
    watch: onEvent("player.connected", ({ player }, { chronicle }) => chronicle.isPresent(player)),
  },
  {
    id: "E5",
    when: "somebody comes back within a second of the end of their grace",
    watch: onEvent("player.connected", ({ backIn, player }, { chronicle }) => {
      const awayMs = chronicle.time - (chronicle.players.get(player)?.awaySince ?? 0);
      const isEdge = (graceMs: number) => Math.abs(awayMs - graceMs) <= 1_000;
      return backIn !== null && (isEdge(30_000) || isEdge(60_000));
    }),
  },
  {
    id: "E6",
    when: "all players of a match are away",
    watch: onEvent("player.disconnected", ({ match, player }, { chronicle }) => {
      const entrants = match === null ? [] : [...(chronicle.matches.get(match)?.entrants.keys() ?? [])];
      return entrants.length > 1 && entrants.every((id) => id === player || !chronicle.isPresent(id));
    }),
  },
  {
    id: "E7",
    when: "a coordinator is lost whose players play",
    watch: onEvent("node.orphaned", ({ matches }, { chronicle }) => {
      return matches.some((id) => chronicle.matches.get(id)?.phase === "ACTIVE");
    }),
  },
  { id: "E8", when: "somebody comes back and things are not as they were last told" },
  { id: "E10", when: "ten players come back within five seconds after a coordinator was lost", watch: storm },
  { id: "E11", when: "a coordinator notices ten seconds late that a line is dead" },
  {
    id: "E12",
    when: "the countdown ends and somebody is away",
    watch: onEvent("match.cancelled", ({ reason }) => reason === "absent"),
  },
  {
    id: "E14",
    when: "keys are claimed that nobody can have pressed",
    watch: onCommand(["match.checkpoint", "match.finish"], (_, moment) => {
      const code = refusalIn(moment);
      return code === "TYPING_TOO_FAST" || code === "INVALID_STATE";
    }),
  },
  {
    id: "E15",
    when: "keys come after the end, or for a match of others",
    watch: onCommand(["match.checkpoint", "match.finish"], (_, moment) => {
      const code = refusalIn(moment);
      return code === "MATCH_NOT_FOUND" || code === "PLAYER_NOT_IN_MATCH";
    }),
  },
  { id: "E16", when: "a batch with keys arrives twice" },
  {
    id: "E17",
    when: "the clock jumps while somebody plays",
    watch: () => ({
      commands: ["node.alive", "match.checkpoint"],
      entry: ({ entry, atBefore, chronicle }) =>
        entry.at - atBefore > 5_000 &&
        [...chronicle.matches.values()].some(({ phase }) => phase === "ACTIVE"),
    }),
  },
  {
    id: "E19",
    when: "one of many forfeits and the others play on",
    watch: onEvent("match.forfeited", ({ match: id }, { chronicle }) => {
      const match = chronicle.matches.get(id);
      const playing = [...(match?.entrants.values() ?? [])].filter(({ forfeited }) => !forfeited);
      return match !== undefined && match.mode.round !== null && playing.length > 2;
    }),
  },
  {
    id: "E20",
    when: "one of a team gives up",
    watch: onEvent("match.forfeited", ({ match: id }, { chronicle }) => {
      const match = chronicle.matches.get(id);
      return match?.mode.round === null && match.entrants.size > 2;
    }),
  },
];

function stateOf({ state }: Moment, player: `player_${string}`): string | undefined {
  return state.matches.get(state.players.get(player)?.match ?? "match_")?.phase.state;
}

function storm(): Watch {
  let lostAt = Number.NEGATIVE_INFINITY;
  const cutOff = new Set<string>();
  let back = 0;
  return {
    events: ["node.orphaned", "player.connected"],
    event(event, { chronicle }) {
      if (event.type === "node.orphaned" && event.players.length >= 10) {
        lostAt = chronicle.time;
        cutOff.clear();
        for (const player of event.players) cutOff.add(player);
        back = 0;
      }
      if (event.type !== "player.connected" || !cutOff.delete(event.player)) return false;
      back += 1;
      return back === 10 && chronicle.time - lostAt <= 5_000;
    },
  };
}
