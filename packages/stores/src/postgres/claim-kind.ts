import { StoreError } from "../errors.ts";
import type { Query } from "./connections.ts";

/** What a schema's batches are: the log itself, or the copy of one that is elsewhere. */
export type LogKind = "log" | "copy";

const meanings: Readonly<Record<LogKind, string>> = {
  log: "holds the log itself",
  copy: "holds the copy of a log in Redis",
};

/**
 * Notes what a schema's batches are, unless that is known. A node that took the copy for the log would append to it, and
 * nobody could tell any more which of the two happened.
 *
 * @throws StoreError `UNSAFE_SETTINGS` where they are something else.
 */
export async function claimKind(
  query: Query,
  { kind, place }: { readonly kind: LogKind; readonly place: string },
): Promise<void> {
  await query("INSERT INTO log_kind (id, kind) VALUES (1, $1) ON CONFLICT DO NOTHING", [kind]);
  const [row] = await query("SELECT kind FROM log_kind", []);
  const found = row?.kind as LogKind;
  if (found === kind) return;
  const reason = `${place} ${meanings[found]}, and this node takes it for one that ${meanings[kind]}.`;
  throw new StoreError(
    "UNSAFE_SETTINGS",
    `${reason} Give all nodes of a shard the same setting for the log.`,
  );
}
