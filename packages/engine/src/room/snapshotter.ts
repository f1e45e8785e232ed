import {
  contentHash,
  contentHashText,
  emptyContentHash,
  type State,
  snapshotChunks,
  stateHash,
} from "@matchforge/core";
import type { Log, SnapshotMeta } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import type { ArchiveReactor } from "../archive/archive-reactor.ts";
import type { Report } from "../ports.ts";

/** What a node does where a snapshot is due: store it, only compare its hash, or leave it to others. */
export type SnapshotDuty = "store" | "compare" | "none";

/**
 * Writes a snapshot every so many entries, at the same positions on every node, after the archive has stored everything up to it, and drops
 * the part of the log before the last one but one: matches since then can be verified, and a snapshot that was damaged
 * made up for. One that cannot be stored is reported and left out: the
 * log still holds what it would have held, and the next one makes up for it.
 */
export class Snapshotter {
  readonly #log: Log;
  readonly #archive: ArchiveReactor;
  readonly #everyEntries: number;
  readonly #report: Report;
  readonly #onHashed: (position: number, hash: string) => void;
  #writing: Promise<void> | null = null;

  constructor(options: {
    readonly log: Log;
    readonly archive: ArchiveReactor;
    readonly report: Report;
    readonly everyEntries: number;
    /** Told the hash of the state where a snapshot is due. */
    readonly onHashed: (position: number, hash: string) => void;
  }) {
    this.#log = options.log;
    this.#archive = options.archive;
    this.#report = options.report;
    this.#everyEntries = options.everyEntries;
    this.#onHashed = options.onHashed;
  }

  /** Called after every applied entry. */
  applied(state: State, duty: SnapshotDuty): void {
    if (duty === "none" || state.position % this.#everyEntries !== 0) return;
    if (duty === "compare") return this.#onHashed(state.position, stateHash(state));
    if (this.#writing === null) void this.write(state);
  }

  /** Writes a snapshot of the state as it is now, or reports why not. */
  write(state: State): Promise<void> {
    const chunks = [...snapshotChunks(state)];
    const { position, level } = state;
    const hash = contentHashText(chunks.reduce(contentHash, emptyContentHash));
    if (position % this.#everyEntries === 0) this.#onHashed(position, hash);
    this.#writing = this.#store({ chunks, meta: { position, hash, level } })
      .catch((error: unknown) => {
        if (!(error instanceof StoreError)) throw error;
        this.#report({
          code: error.code,
          detail: `The snapshot at ${position} was left out: ${error.message}`,
        });
      })
      .finally(() => {
        this.#writing = null;
      });
    return this.#writing;
  }

  async #store({ chunks, meta }: { chunks: string[]; meta: SnapshotMeta }): Promise<void> {
    const { position } = meta;
    await this.#archive.flush();
    const older = position > 1 ? await this.#log.readSnapshot({ atMost: position - 1 }) : undefined;
    await this.#log.writeSnapshot(meta, chunks);
    if (older === undefined) return;
    await this.#log.trim({ before: Math.min(older.meta.position, this.#archive.cursor) + 1 });
  }
}
