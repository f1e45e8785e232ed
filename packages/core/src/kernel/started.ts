import type { MatchStarted } from "./events.ts";
import { isPresent, modeOfMatch } from "./lookups.ts";
import type { Match } from "./model.ts";
import type { State } from "./state.ts";

/** Play begins: tickets end, the clock of the mode runs, who is away has the usual grace. */
export function startedEvent(
  state: State,
  match: Match,
  opening: { text: string; salt: string } | null,
): MatchStarted {
  const mode = modeOfMatch(state, match);
  const away = match.players.filter((player) => !isPresent(state, player.id));
  return {
    type: "match.started",
    match: match.id,
    startedAt: state.time,
    endsAt: state.time + mode.durationMs,
    text: opening?.text ?? null,
    salt: opening?.salt ?? null,
    tickets: match.tickets.map((ticket) => ticket.id),
    absent: away.map((player) => ({ player: player.id, until: state.time + mode.graceMs })),
  };
}
