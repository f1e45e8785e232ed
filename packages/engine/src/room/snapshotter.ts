import { contentHash, contentHashText, emptyContentHash, type State, snapshotChunks } from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import type { ArchiveReactor } from "../archive/archive-reactor.ts";
import { engineLimits } from "../limits.ts";
import type { Report } from "../ports.ts";

/**
 * Writes a snapshot every so many entries, after the archive has stored everything up to it, and drops
 * the part of the log before the last one but one: matches since then can be verified, and a snapshot that was damaged
 * made up for. One that cannot be stored is reported and left out: the
 * log still holds what it would have held, and the next one makes up for it.
 */
export class Snapshotter {
  readonly #log: Log;
  readonly #archive: ArchiveReactor;
  readonly #everyEntries: number;
  readonly #report: Report;
  #lastPosition: number;
  #writing: Promise<void> | null = null;

  constructor(options: {
    readonly log: Log;
    readonly archive: ArchiveReactor;
    readonly position: number;
    readonly report: Report;
    readonly everyEntries?: number;
  }) {
    this.#log = options.log;
    this.#archive = options.archive;
    this.#report = options.report;
    this.#lastPosition = options.position;
    this.#everyEntries = options.everyEntries ?? engineLimits.snapshotEveryEntries;
  }

  /** Called after every applied entry. */
  applied(state: State): void {
    if (this.#writing !== null || state.position - this.#lastPosition < this.#everyEntries) return;
    void this.write(state);
  }

  /** Writes a snapshot of the state as it is now, or reports why not. */
  write(state: State): Promise<void> {
    this.#lastPosition = state.position;
    const chunks = [...snapshotChunks(state)];
    const { position, level } = state;
    this.#writing = this.#store({ chunks, position, level })
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

  async #store({
    chunks,
    position,
    level,
  }: {
    chunks: string[];
    position: number;
    level: number;
  }): Promise<void> {
    await this.#archive.flush();
    let hash = emptyContentHash;
    for (const chunk of chunks) hash = contentHash(hash, chunk);
    const older = position > 1 ? await this.#log.readSnapshot({ atMost: position - 1 }) : undefined;
    await this.#log.writeSnapshot({ position, hash: contentHashText(hash), level }, chunks);
    if (older === undefined) return;
    await this.#log.trim({ before: Math.min(older.meta.position, this.#archive.cursor) + 1 });
  }
}
