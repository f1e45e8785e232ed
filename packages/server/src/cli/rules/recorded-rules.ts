import {
  type AdminAct,
  areUsable,
  type Entry,
  type PlayerId,
  type Rules,
  type RulesConfigure,
  reviveRules,
} from "@matchforge/core";
import { type Archive, type Log, StoreError } from "@matchforge/stores";
import { batchesFrom, entriesOf } from "matchforge";

/** Rules that a recording was given. */
export type RecordedRules = {
  readonly position: number;
  /** Unix ms. */
  readonly at: number;
  /** The operator who has uploaded them, or rolled back to them; left out where a node has brought them along. */
  readonly by?: PlayerId;
} & (
  | { readonly version: number; readonly rules: Rules }
  /** The kernel refused them, and the old ones stayed in force. */
  | { readonly version: null; readonly rules: null }
);

const eventsPerRead = 10_000;
/** Commands that change which rules are in force, or whose. Most batches hold none, and are not worth parsing. */
const marks = ['"rules.configure"', '"rules.rollback"', '"rules.adopt"'] as const;

/** Every set of rules of a recording, in order; what the log has been trimmed of, the archive still knows. */
export async function recordedRules({
  log,
  archive,
}: {
  log: Log;
  archive: Archive;
}): Promise<RecordedRules[]> {
  const recorded = new Recorded();
  try {
    await readLog(recorded, { log, from: 1 });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "TRIMMED") throw error;
    await readArchive(recorded, archive);
    await readLog(recorded, { log, from: (await archive.cursor()) + 1 });
  }
  return recorded.all;
}

async function readLog(recorded: Recorded, { log, from }: { log: Log; from: number }): Promise<void> {
  for await (const batch of batchesFrom(log, from)) {
    if (!marks.some((mark) => batch.commands.includes(mark))) continue;
    for (const entry of entriesOf(batch)) if (entry.position >= from) recorded.enter(entry);
  }
}

/** Rules as the events of the archive tell them; those that were refused left no event. */
async function readArchive(recorded: Recorded, archive: Archive): Promise<void> {
  let from = { position: 0, index: 0 };
  for (;;) {
    const events = await archive.events({ from, limit: eventsPerRead });
    const last = events.at(-1);
    if (last === undefined) return;
    from = last;
    for (const { type, position, at, payload } of events) {
      if (type === "rules.adopted") recorded.adopt();
      if (type !== "rules.configured") continue;
      const { rules, by } = JSON.parse(payload) as { rules: Rules; by?: PlayerId };
      recorded.take(reviveRules(rules), { position, at, ...(by !== undefined && { by }) });
    }
  }
}

/** What the kernel makes of rules: it numbers those that it takes from 1 on. */
class Recorded {
  readonly all: RecordedRules[] = [];
  readonly #versions = new Map<number, Rules>();
  #areUploaded = false;

  enter({ position, at, command }: Entry): void {
    if (command.type === "rules.configure") this.#bring(command, { position, at });
    if (command.type === "admin.act") this.#act(command, { position, at });
  }

  /** The rules that are in force from a place on. */
  take(rules: Rules, place: Pick<RecordedRules, "position" | "at" | "by">): void {
    const version = this.#versions.size + 1;
    this.#versions.set(version, rules);
    this.#areUploaded = place.by !== undefined;
    this.all.push({ ...place, version, rules });
  }

  /** From here on nodes bring theirs. */
  adopt(): void {
    this.#areUploaded = false;
  }

  #bring({ rules }: RulesConfigure, place: Pick<RecordedRules, "position" | "at" | "by">): void {
    // Those of an operator hold, whatever a node brings.
    if (this.#areUploaded && place.by === undefined) return;
    if (isTaken(rules)) this.take(reviveRules(rules), place);
    else this.all.push({ ...place, version: null, rules: null });
  }

  #act({ actor: by, request }: AdminAct, place: Pick<RecordedRules, "position" | "at">): void {
    if (request.type === "rules.adopt") this.adopt();
    if (request.type === "rules.configure") this.#bring(request, { ...place, by });
    if (request.type !== "rules.rollback" || request.version === this.#versions.size) return;
    const earlier = this.#versions.get(request.version);
    if (earlier !== undefined) this.take(earlier, { ...place, by });
  }
}

/** What the kernel cannot even judge it refuses, too. */
function isTaken(rules: Rules): boolean {
  try {
    return areUsable(rules);
  } catch {
    return false;
  }
}
