import { sha256Hex } from "../../hashing/sha256.ts";
import type { EpochOpen, EpochReveal } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import { refuse } from "./refuse.ts";

/** A new secret epoch: its hash is in the log before anything is drawn from it. */
export function decideEpochOpen(state: State, command: EpochOpen): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  const last = [...state.secretEpochs.keys()].at(-1) ?? 0;
  if (!Number.isSafeInteger(command.number)) return refuse(command, "INVALID_STATE");
  if (command.number <= last || command.hash.length !== 64) return refuse(command, "INVALID_STATE");
  return [{ type: "epoch.opened", number: command.number, hash: command.hash }];
}

/** The secret is shown once everything drawn from it has ended and a later epoch is in use. */
export function decideEpochReveal(state: State, command: EpochReveal): KernelEvent[] {
  if (command.term !== state.term) return refuse(command, "STALE_TERM");
  const epoch = state.secretEpochs.get(command.number);
  const last = [...state.secretEpochs.keys()].at(-1);
  if (epoch === undefined || epoch.uses > 0 || epoch.number === last) return refuse(command, "INVALID_STATE");
  if (sha256Hex(command.secret) !== epoch.hash) return refuse(command, "COMMITMENT_MISMATCH");
  return [{ type: "epoch.revealed", number: command.number, secret: command.secret }];
}
