import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { moves } from "@matchforge/core";
import { Value } from "typebox/value";
import { referencePage } from "../../../tools/messages/reference-page.ts";
import { schemaHash } from "../../../tools/messages/schema-hash.ts";
import { pagePath, readRecordedHashes } from "../../../tools/messages/schema-record.ts";
import {
  afterClose,
  cancelReasons,
  closeCodes,
  endReasons,
  errorCatalogue,
  errorCodes,
  errorFamilies,
  matchStates,
  PROTOCOL_VERSION,
  problemDetails,
  queueEndReasons,
} from "../src/index.ts";
import { clientMessageDefinitions, problemSchema, serverMessageDefinitions } from "../src/schemas.ts";

const demanded =
  `ALREADY_IN_QUEUE QUEUE_FULL NOT_IN_QUEUE PLAYER_NOT_IN_MATCH INVALID_STATE GRACE_PERIOD_EXPIRED POOL_FULL
MATCH_NOT_SPECTATABLE BETTING_CLOSED BET_TOO_SMALL BET_TOO_LARGE PLAYER_NOT_FOUND PARTY_NOT_FOUND QUEUE_NOT_FOUND LOBBY_NOT_FOUND
PARTY_FULL INVALID_PARTY_OPERATION CONSTRAINTS_NOT_SATISFIED INVALID_CONFIGURATION STORE_UNAVAILABLE ID_REUSED IDENTITY_MISMATCH
RATE_LIMITED MODE_NOT_AVAILABLE COOLDOWN INTERNAL_ERROR`.split(/\s+/);

/** The string literals of a type in a source file of the kernel. */
function literalsOf(file: string, type: string): string[] {
  const path = fileURLToPath(new URL(`../../core/src/kernel/${file}`, import.meta.url));
  const body = readFileSync(path, "utf8").split(`export type ${type} =`)[1]?.split(";")[0] ?? "";
  return [...body.matchAll(/"([^"]+)"/g)].map(([, literal]) => literal ?? "");
}

function kernelFileWith(type: string): string {
  const folder = fileURLToPath(new URL("../../core/src/kernel/", import.meta.url));
  const found = globSync("**/*.ts", { cwd: folder }).find((file) =>
    readFileSync(`${folder}${file}`, "utf8").includes(`export type ${type} =`),
  );
  assert.ok(found, `${type} is in no file of the kernel`);
  return found;
}

test("[P30] the catalogue has every code that is demanded, and every refusal of the kernel", () => {
  for (const code of demanded) assert.ok(code in errorCatalogue, code);
  const refusals = literalsOf(kernelFileWith("RefusalCode"), "RefusalCode");
  assert.ok(refusals.length > 15);
  for (const code of refusals) assert.ok(code in errorCatalogue, code);
});

test("[P31] every code is in one family and says what happened and what to do", () => {
  const families = Object.values(errorFamilies).flatMap((family) => Object.keys(family));
  assert.deepEqual([...families].sort(), [...new Set(errorCodes)].sort());
  for (const code of errorCodes) {
    const { httpStatus, retryable, happened, whatToDo } = errorCatalogue[code];
    assert.ok(httpStatus >= 400 && httpStatus < 600, code);
    assert.match(happened, /^[A-Z].*\.$/, code);
    assert.match(whatToDo, /^[A-Z].*\.$/, code);
    if ((httpStatus === 429 || httpStatus === 503) && code !== "TYPING_TOO_FAST")
      assert.equal(retryable, true, code);
  }
});

test("[P32] a problem document carries code, status and sentence", () => {
  for (const code of errorCodes) {
    const problem = problemDetails(code, { detail: "Just now.", retryAfterMs: 5 });
    assert.ok(Value.Check(problemSchema, problem), code);
    assert.equal(problem.status, errorCatalogue[code].httpStatus);
    assert.equal(problem.title, errorCatalogue[code].happened);
  }
});

test("[P33] close codes are distinct and say what a client does", () => {
  const codes = Object.values(closeCodes).map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.ok(code < 1016 || (code >= 4000 && code <= 4999), String(code));
  assert.equal(afterClose(closeCodes.replaced.code), "stop");
  assert.equal(afterClose(closeCodes.notAuthenticated.code), "authenticate");
  assert.equal(afterClose(1006), "reconnect");
});

test("[P34] the schemas of this version are those that were recorded for it", () => {
  assert.equal(readRecordedHashes()[String(PROTOCOL_VERSION)], schemaHash());
});

test("[P35] each message has a file of its own, a sentence and a version that exists", () => {
  const folder = fileURLToPath(new URL("../src/messages/", import.meta.url));
  for (const [side, definitions] of [
    ["client", clientMessageDefinitions],
    ["server", serverMessageDefinitions],
  ] as const) {
    const files = globSync("*.ts", { cwd: `${folder}${side}` }).sort();
    assert.deepEqual(files, definitions.map(({ type }) => `${type.replace(/[._]/g, "-")}.ts`).sort());
    for (const { type, description, since } of definitions) {
      assert.match(description, /^[A-Z].*\.$/, type);
      assert.ok(since >= 1 && since <= PROTOCOL_VERSION, type);
    }
  }
});

test("[P36] the reference page is what the definitions generate", () => {
  assert.equal(readFileSync(pagePath, "utf8"), referencePage());
});

test("[P37] states and reasons on the wire are the kernel's", () => {
  assert.deepEqual([...matchStates], Object.keys(moves));
  assert.deepEqual([...endReasons].sort(), literalsOf(kernelFileWith("EndReason"), "EndReason").sort());
  for (const reason of literalsOf(kernelFileWith("CancelReason"), "CancelReason"))
    assert.ok(cancelReasons.includes(reason as never), reason);
  for (const reason of literalsOf(kernelFileWith("TicketEndReason"), "TicketEndReason")) {
    assert.ok(reason === "played" || queueEndReasons.includes(reason as never), reason);
  }
});

test("[P38] the main entry loads no Node module and no schema library", () => {
  const source = fileURLToPath(new URL("../src/", import.meta.url));
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, clause, from] of text.matchAll(
      /^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)";/gms,
    )) {
      if (clause !== undefined) continue;
      assert.ok(from?.startsWith("."), `${file} loads ${from}`);
      visit(fileURLToPath(new URL(from ?? "", `file://${file}`)));
    }
  };
  visit(`${source}index.ts`);
  assert.ok(seen.size > 5);
});
