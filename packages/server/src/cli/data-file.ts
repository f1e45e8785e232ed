import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { openSqliteFile, type SqliteFile } from "@matchforge/stores";
import { shardFileName } from "../shard/embedded-shard.ts";
import { configFrom } from "./configure.ts";
import { UsageError } from "./usage-error.ts";

/** What the commands that look into a data folder call it. */
export const dataFolderArgument = [
  "[data-folder]",
  `where a server keeps its ${shardFileName}; without it the configured one. The server is stopped, or it is a copy`,
] as const;

/**
 * Opens the recording of a data folder for as long as `work` takes. Nothing is added to it.
 *
 * @throws UsageError where there is none: a file that is not there would be made anew, and be empty.
 */
export async function withDataFile<Result>(
  folder: string | undefined,
  work: (file: SqliteFile) => Promise<Result>,
): Promise<Result> {
  const path = join(folder === undefined ? configFrom({}).dataDir : resolve(folder), shardFileName);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${path} does not exist: no server has kept its data there. Name its data folder.`);
  const file = await openSqliteFile({ path });
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
