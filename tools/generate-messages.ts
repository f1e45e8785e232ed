// Writes docs/reference/messages.md from the protocol's definitions.
//
//   node tools/generate-messages.ts            writes the page
//   node tools/generate-messages.ts --check    fails if the page is not up to date
//   node tools/generate-messages.ts --record   records the schemas of a new protocol version
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { referencePage } from "./messages/reference-page.ts";
import { pagePath, readRecordedHashes, recordHash } from "./messages/schema-record.ts";

const [option] = process.argv.slice(2);
switch (option) {
  case undefined:
    mkdirSync(dirname(pagePath), { recursive: true });
    writeFileSync(pagePath, referencePage());
    break;
  case "--check":
    if (readFileSync(pagePath, "utf8") !== referencePage()) {
      fail("docs/reference/messages.md is out of date: run `node tools/generate-messages.ts`.");
    }
    break;
  case "--record": {
    const refusal = recordHash(readRecordedHashes());
    if (refusal !== null) fail(refusal);
    break;
  }
  default:
    fail(`Unknown option ${option}: use --check, --record or none.`);
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
