import { DatabaseSync } from "node:sqlite";
import { storeLimits } from "../../limits.ts";
import { dropIncompleteSnapshots } from "../../log/sqlite/snapshots.ts";
import { migrate, versionOf } from "../migrate.ts";

/**
 * Opens the file for this process alone: the lock is the operating system's, so it ends with the process,
 * however that ends. A commit is on the disk when it returns.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    versionOf(database);
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec(`PRAGMA wal_autocheckpoint = ${storeLimits.checkpointPages}`);
    database.exec(`PRAGMA journal_size_limit = ${storeLimits.walFileBytes}`);
    database.exec("BEGIN IMMEDIATE; COMMIT");
    migrate(database);
    dropIncompleteSnapshots(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
