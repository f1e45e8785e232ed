import type { ArchiveProgress } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import { refuse } from "./refuse.ts";

/** The archive reports how far it has stored; nothing is forgotten before it is archived. */
export function decideArchiveProgress(state: State, command: ArchiveProgress): KernelEvent[] {
  if (!Number.isSafeInteger(command.cursor)) return refuse(command, "INVALID_STATE");
  if (command.cursor <= state.archiveCursor || command.cursor > state.position)
    return refuse(command, "INVALID_STATE");
  return [{ type: "archive.progressed", cursor: command.cursor }];
}
