import { areUsable, type Rules, reviveRules } from "@matchforge/core";
import { type Archive, type Log, StoreError } from "@matchforge/stores";
import { batchesFrom, entriesOf } from "matchforge";

/** Rules that a recording was given. */
export type RecordedRules = {
  readonly position: number;
  /** Unix ms. */
  readonly at: number;
} & (
  | { readonly version: number; readonly rules: Rules }
  /** The kernel refused them, and the old ones stayed in force. */
  | { readonly version: null; readonly rules: null }
);

const eventsPerRead = 10_000;

/** Every `rules.configure` of a recording, in order; what the log has been trimmed of, the archive still knows. */
export async function recordedRules({
  log,
  archive,
}: {
  log: Log;
  archive: Archive;
}): Promise<RecordedRules[]> {
  try {
    return await rulesInLog(log, { from: 1, version: 0 });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "TRIMMED") throw error;
    const archived = await rulesInArchive(archive);
    const version = archived.at(-1)?.version ?? 0;
    return [...archived, ...(await rulesInLog(log, { from: (await archive.cursor()) + 1, version }))];
  }
}

/** The kernel numbers the rules it takes from 1 on. */
async function rulesInLog(
  log: Log,
  { from, version }: { from: number; version: number },
): Promise<RecordedRules[]> {
  const found: RecordedRules[] = [];
  for await (const batch of batchesFrom(log, from)) {
    // Most batches hold no rules, and are not worth parsing.
    if (!batch.commands.includes('"rules.configure"')) continue;
    for (const { position, at, command } of entriesOf(batch)) {
      if (command.type !== "rules.configure" || position < from) continue;
      if (isTaken(command.rules)) {
        version += 1;
        found.push({ position, at, version, rules: reviveRules(command.rules) });
      } else found.push({ position, at, version: null, rules: null });
    }
  }
  return found;
}

/** What the kernel cannot even judge it refuses, too. */
function isTaken(rules: Rules): boolean {
  try {
    return areUsable(rules);
  } catch {
    return false;
  }
}

/** Rules as the events of the archive tell them; those that were refused left no event. */
async function rulesInArchive(archive: Archive): Promise<RecordedRules[]> {
  const found: RecordedRules[] = [];
  let from = { position: 0, index: 0 };
  for (;;) {
    const events = await archive.events({ from, limit: eventsPerRead });
    const last = events.at(-1);
    if (last === undefined) return found;
    from = last;
    for (const { type, position, at, payload } of events) {
      if (type !== "rules.configured") continue;
      const { version, rules } = JSON.parse(payload) as { version: number; rules: Rules };
      found.push({ position, at, version, rules: reviveRules(rules) });
    }
  }
}
