import { checkpointProblem } from "../../games/typing/standing.ts";
import { isComplete, nothingTyped } from "../../games/typing/typed.ts";
import type { MatchCheckpoint, MatchFinish } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import type { Match, MatchPlayer } from "../model.ts";
import type { RefusalCode } from "../refusals.ts";
import type { State } from "../state.ts";
import { memberOf } from "./match.ts";
import { refuse } from "./refuse.ts";

/** What a player has typed so far, as judged by the gateway of the player's live connection. */
export function decideCheckpoint(state: State, command: MatchCheckpoint): KernelEvent[] {
  const judged = judge(state, command);
  if (typeof judged === "string") return refuse(command, judged);
  const { match, player, typed, final } = command;
  return [{ type: "match.checkpointed", match, player, typed, final }];
}

/** The whole text stands: the first finish in the log wins. */
export function decideFinish(state: State, command: MatchFinish): KernelEvent[] {
  const judged = judge(state, command);
  if (typeof judged === "string") return refuse(command, judged);
  const { phase } = judged.match;
  if (phase.state !== "ACTIVE" || phase.counting) return refuse(command, "INVALID_STATE");
  if (!isComplete(command.typed, phase.text ?? "")) return refuse(command, "INVALID_STATE");
  const { match, player, typed } = command;
  return [{ type: "match.finished", match, player, typed }];
}

type Judged = { readonly match: Match; readonly own: MatchPlayer };

function judge(state: State, command: MatchCheckpoint | MatchFinish): Judged | RefusalCode {
  const member = memberOf(state, command);
  if (typeof member === "string") return member;
  const { match, own } = member;
  if (match.phase.state !== "ACTIVE" || match.phase.text === null) return "INVALID_STATE";
  if (state.players.get(own.id)?.epoch !== command.epoch || own.forfeited || own.final) return "STALE_EPOCH";
  const { text, startedAt } = match.phase;
  const sinceLast = { length: text.length, elapsedMs: state.time - own.checkpointAt };
  // Every checkpoint allows for a burst, so all keys together are judged too: many checkpoints buy no speed.
  const sinceStart = { length: text.length, elapsedMs: state.time - startedAt };
  const problem =
    checkpointProblem(own.typed, command.typed, sinceLast) ??
    checkpointProblem(nothingTyped, command.typed, sinceStart);
  return problem ?? member;
}
