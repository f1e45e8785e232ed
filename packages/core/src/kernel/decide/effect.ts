import type { EffectDone, EffectFailed, Entry } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { settledEvent } from "../resolve.ts";
import type { State } from "../state.ts";
import { decideUnallocated } from "./allocate.ts";
import { cancelMatch } from "./cancel.ts";
import { refuse } from "./refuse.ts";

/** An outstanding effect is removed only by its outcome; a second or late outcome changes nothing. */
export function decideEffectDone(state: State, command: EffectDone): KernelEvent[] {
  const effect = state.effects.get(command.key);
  if (effect?.kind === "release") return [{ type: "server.released", key: effect.key }];
  const match = effect && state.matches.get(effect.matchId);
  if (effect === undefined || match === undefined) return refuse(command, "EFFECT_NOT_FOUND");
  switch (effect.kind) {
    case "escrow":
      return [{ type: "match.escrowed", match: match.id, key: effect.key, txHash: command.txHash }];
    case "settle":
      return [settledEvent(match, { key: effect.key, txHash: command.txHash })];
    case "begin":
    case "allocate":
      return refuse(command, "INVALID_STATE");
  }
}

/** Only an escrow and an allocation can fail for good; a settlement and a release are retried until they are done. */
export function decideEffectFailed(state: State, entry: Entry, command: EffectFailed): KernelEvent[] {
  const effect = state.effects.get(command.key);
  const match = effect && state.matches.get(effect.matchId);
  if (effect === undefined || match === undefined) return refuse(command, "EFFECT_NOT_FOUND");
  if (effect.kind === "allocate") return decideUnallocated(state, entry, command);
  if (effect.kind !== "escrow") return refuse(command, "INVALID_STATE");
  return [cancelMatch(state, match, { reason: "escrow_failed", offenders: [] })];
}
