import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PROTOCOL_VERSION } from "../../packages/protocol/src/index.ts";
import { schemaHash } from "./schema-hash.ts";

/** Where the generated reference page stands. */
export const pagePath = fileURLToPath(new URL("../../docs/reference/messages.md", import.meta.url));

const hashesPath = fileURLToPath(new URL("../../packages/protocol/schema-hashes.json", import.meta.url));

/** The hash of the schemas of each protocol version. */
export type RecordedHashes = Readonly<Record<string, string>>;

/** Reads what was recorded. */
export function readRecordedHashes(): RecordedHashes {
  return JSON.parse(readFileSync(hashesPath, "utf8")) as RecordedHashes;
}

/**
 * What is wrong with the schemas under a version, and how to put it right; null when they are the ones
 * recorded for it.
 */
export function schemaDrift(recorded: RecordedHashes, version: number = PROTOCOL_VERSION): string | null {
  const known = recorded[version];
  if (known === schemaHash()) return null;
  if (known === undefined) {
    return `The schemas of protocol version ${version} are not recorded: run \`node tools/generate-messages.ts --record\`.`;
  }
  return (
    `The schemas differ from those recorded for protocol version ${version}. Raise PROTOCOL_VERSION in ` +
    "packages/protocol/src/version.ts, then run `node tools/generate-messages.ts --record`. Only for a version " +
    "that nobody has used yet: delete its line from packages/protocol/schema-hashes.json instead of raising it."
  );
}

/** Records the present schemas under the present version; a refusal if that version has others already. */
export function recordHash(recorded: RecordedHashes): string | null {
  if (recorded[PROTOCOL_VERSION] !== undefined) return schemaDrift(recorded);
  const next = { ...recorded, [PROTOCOL_VERSION]: schemaHash() };
  writeFileSync(hashesPath, `${JSON.stringify(next, null, 2)}\n`);
  return null;
}
