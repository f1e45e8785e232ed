import { type FileHandle, open, stat } from "node:fs/promises";
import type { EventPlace } from "../../archive/port.ts";
import { StoreError } from "../../errors.ts";
import { movedError, placeIn } from "../cursor.ts";
import type { Sink, StreamRecord } from "../port.ts";
import { lastPlace, SinkEnd } from "../sink-end.ts";
import { lastLine } from "./last-line.ts";
import { newestRotated, putAside, syncFolderOf } from "./rotation.ts";

export interface JsonLinesOptions {
  /** The file; what is full is put aside beside it. */
  readonly path: string;
  /** A file that has become this large is put aside. */
  readonly fileBytesMax: number;
}

/** Where a file ends. */
interface FileEnd {
  readonly place: EventPlace | undefined;
  readonly size: number;
}

/**
 * A file with one record on each line. A full file is put aside under a name that says where it ends,
 * `events.1234-0.jsonl`, and a new one is begun. One process writes to a file; who shares it with another is told so,
 * not held off.
 *
 * @example
 * const sink = new JsonLinesSink({ path: "data/events.jsonl", fileBytesMax: 1_073_741_824 });
 */
export class JsonLinesSink implements Sink {
  readonly name = "json_lines";
  readonly #options: JsonLinesOptions;
  readonly #end: SinkEnd<FileEnd>;
  #file: FileHandle | null = null;

  constructor(options: JsonLinesOptions) {
    this.#options = options;
    this.#end = new SinkEnd(`The file ${options.path}`);
  }

  async cursor(): Promise<EventPlace | undefined> {
    const { place } = await this.#end.learn(() => this.#named(() => this.#reopen()));
    return place;
  }

  async write(records: readonly StreamRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#end.follow((end) => this.#named(() => this.#append(end, records)));
  }

  async close(): Promise<void> {
    this.#end.close();
    await this.#letGo();
  }

  /** Opens the file anew, and drops a last line that was never whole. */
  async #reopen(): Promise<FileEnd> {
    const { path } = this.#options;
    await this.#letGo();
    const file = await this.#opened();
    const { size: found } = await file.stat();
    const { end: size, text } = await lastLine(file, found);
    if (size < found) {
      await file.truncate(size);
      await file.datasync();
    }
    return { size, place: text === undefined ? await newestRotated(path) : placeIn(text, path) };
  }

  async #append(end: FileEnd, records: readonly StreamRecord[]): Promise<FileEnd> {
    const { path, fileBytesMax } = this.#options;
    const file = await this.#opened();
    await this.#refuseMoved(file, end);
    const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    await file.appendFile(bytes);
    await file.datasync();
    const place = lastPlace(records);
    const size = end.size + bytes.length;
    if (size < fileBytesMax) return { place, size };
    await this.#letGo();
    await putAside(path, place);
    return { place, size: 0 };
  }

  /** Whether the path still leads to this file, and the file is as long as it was left. */
  async #refuseMoved(file: FileHandle, end: FileEnd): Promise<void> {
    const { path } = this.#options;
    const [own, named] = await Promise.all([file.stat(), stat(path)]);
    if (own.ino !== named.ino || own.size !== end.size) throw movedError(`The file ${path}`);
  }

  async #opened(): Promise<FileHandle> {
    if (this.#file !== null) return this.#file;
    const { path } = this.#options;
    const file = await open(path, "a+");
    this.#file = file;
    // Whoever closed the sink meanwhile had no file to close.
    if (this.#end.isClosed) await this.#letGo();
    await syncFolderOf(path);
    return file;
  }

  async #letGo(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #named<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && "syscall" in error)) throw error;
      const detail = `The file ${this.#options.path} cannot be used (${error.message}).`;
      throw new StoreError("STORE_UNAVAILABLE", detail, { cause: error });
    }
  }
}
