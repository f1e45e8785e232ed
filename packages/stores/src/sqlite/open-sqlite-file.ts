import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Archive } from "../archive/port.ts";
import type { ArchiveOperations } from "../archive/sqlite/archive-operations.ts";
import { SqliteArchive } from "../archive/sqlite/sqlite-archive.ts";
import { StoreError } from "../errors.ts";
import type { Log } from "../log/port.ts";
import type { LogOperations } from "../log/sqlite/log-operations.ts";
import { SqliteLog } from "../log/sqlite/sqlite-log.ts";
import { ChannelClient } from "./channel/channel-client.ts";
import { unpackFailure } from "./channel/failure.ts";
import type { Opened, ToThread } from "./channel/messages.ts";

type Client = ChannelClient<LogOperations & ArchiveOperations>;

/** Log and archive of one file, as one thread of this process sees them. */
export interface SqliteClient {
  readonly log: Log;
  readonly archive: Archive;
}

/** An open file: this process alone has it, until `close` or its end. */
export interface SqliteFile {
  /** A new handle on the log. */
  log(): Log;
  /** A new handle on the archive. */
  archive(): Archive;
  /** A line for another thread of this process: pass it there and give it to {@link sqliteClientFrom}. */
  connectPort(): MessagePort;
  /** Commits what has arrived, closes the file and ends its thread. */
  close(): Promise<void>;
}

/**
 * Opens a file that holds a log and an archive, creating it if need be. A thread of its own commits to it
 * in groups; nothing here ever waits for the disk.
 *
 * @throws StoreError `FILE_IN_USE`, `FILE_UNSUPPORTED`, `CORRUPT` or `STORE_UNAVAILABLE`.
 * @example
 * const file = await openSqliteFile({ path: "data/shard.db" });
 * const log = file.log();
 */
export async function openSqliteFile({ path }: { readonly path: string }): Promise<SqliteFile> {
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(new URL("./thread/writer-thread.ts", import.meta.url), {
    workerData: { path, port: port2 },
    transferList: [port2],
    name: "store",
  });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  await opened(port, worker, path);
  const client: Client = new ChannelClient(port);
  worker.on("error", (cause) => client.end(threadEnded(path, cause)));
  return {
    log: () => new SqliteLog(client),
    archive: () => new SqliteArchive(client),
    connectPort() {
      const { port1: theirs, port2: ours } = new MessageChannel();
      send(port, { kind: "connect", port: ours }, [ours]);
      return theirs;
    },
    async close() {
      const closed = new StoreError("STORE_CLOSED", `${path} was closed.`);
      client.expectEnd(closed);
      send(port, { kind: "close" }, []);
      await ended;
      client.end(closed);
    },
  };
}

/** Log and archive through a line from {@link SqliteFile.connectPort}, in the thread it was passed to. */
export function sqliteClientFrom(port: MessagePort): SqliteClient {
  const client: Client = new ChannelClient(port);
  return { log: new SqliteLog(client), archive: new SqliteArchive(client) };
}

function opened(port: MessagePort, worker: Worker, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once("error", (cause) => reject(threadEnded(path, cause)));
    port.once("message", (message: Opened) => {
      if (message.opened) resolve();
      else reject(unpackFailure(message.failure));
    });
  });
}

function threadEnded(path: string, cause: unknown): StoreError {
  return new StoreError("STORE_UNAVAILABLE", `The thread that owns ${path} has ended. Open the file again.`, {
    cause,
  });
}

function send(port: MessagePort, message: ToThread, transfer: MessagePort[]): void {
  port.postMessage(message, transfer);
}
