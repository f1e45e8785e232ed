import type {
  ArchiveProgressed,
  EpochOpened,
  EpochRevealed,
  LevelRaised,
  RulesConfigured,
} from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { levelOfServers, type State } from "../state.ts";

export function levelRaised(state: State, event: LevelRaised): void {
  state.level = event.level;
}

export function epochOpened(state: State, { number, hash }: EpochOpened): void {
  state.secretEpochs.set(number, { number, hash, openedAt: state.time, uses: 0 });
}

export function epochRevealed(state: State, event: EpochRevealed): void {
  state.secretEpochs.delete(event.number);
}

export function rulesConfigured(state: State, event: RulesConfigured): void {
  state.rules.set(event.version, event.rules);
  state.rulesVersion = event.version;
  if (event.by === undefined) delete state.rulesBy;
  else state.rulesBy = event.by;
  dropUnusedRules(state);
}

export function archiveProgressed(state: State, event: ArchiveProgressed): void {
  state.archiveCursor = event.cursor;
}

/** Old versions stay for as long as a match made under them lives; from level 3 on the newest stay to be rolled back to. */
function dropUnusedRules(state: State): void {
  const kept = state.level < levelOfServers ? 0 : kernelLimits.rulesKept;
  const used = new Set<number>([state.rulesVersion]);
  for (const match of state.matches.values()) used.add(match.rulesVersion);
  for (const version of [...state.rules.keys()])
    if (!used.has(version) && version < state.rulesVersion - kept) state.rules.delete(version);
}
