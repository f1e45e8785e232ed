import { contentHash, contentHashText, emptyContentHash, type State, snapshotChunks } from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import type { ArchiveReactor } from "../archive/archive-reactor.ts";
import { engineLimits } from "../limits.ts";

/**
 * Writes a snapshot every so many entries, after the archive has stored everything up to it, and drops
 * the part of the log that both make superfluous.
 */
export class Snapshotter {
  readonly #log: Log;
  readonly #archive: ArchiveReactor;
  readonly #everyEntries: number;
  #lastPosition: number;
  #writing: Promise<void> | null = null;

  constructor(options: {
    readonly log: Log;
    readonly archive: ArchiveReactor;
    readonly position: number;
    readonly everyEntries?: number;
  }) {
    this.#log = options.log;
    this.#archive = options.archive;
    this.#lastPosition = options.position;
    this.#everyEntries = options.everyEntries ?? engineLimits.snapshotEveryEntries;
  }

  /** Called after every applied entry. */
  applied(state: State): void {
    if (this.#writing !== null || state.position - this.#lastPosition < this.#everyEntries) return;
    void this.write(state);
  }

  /** Writes a snapshot of the state as it is now. */
  write(state: State): Promise<void> {
    this.#lastPosition = state.position;
    const chunks = [...snapshotChunks(state)];
    const { position, level } = state;
    this.#writing = this.#store({ chunks, position, level }).finally(() => {
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
    await this.#log.writeSnapshot({ position, hash: contentHashText(hash), level }, chunks);
    await this.#log.trim({ before: Math.min(position, this.#archive.cursor) + 1 });
  }
}
