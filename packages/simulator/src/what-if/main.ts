/**
 * A process of its own, so that a long run holds up nobody and can be ended at any time: takes a
 * {@link WhatIfRequest} on standard input, tells its progress on standard error, and prints the report.
 */
import { writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { reviveRules } from "@matchforge/core";
import { openSqliteFile, StoreError } from "@matchforge/stores";
import { reportAsJson } from "./report/as-json.ts";
import { reportAsText } from "./report/as-text.ts";
import { reportPage } from "./report/html/report-page.ts";
import type { ReplayRequest, WhatIfRequest } from "./request.ts";
import { NothingToSimulate } from "./traffic/nothing-to-simulate.ts";
import { replayLog, simulateTraffic, type WhatIfReport } from "./what-if.ts";

const progressEveryMs = 1_000;
/** What a command that was given what it cannot use ends with. */
const unusableExitCode = 2;

const request = JSON.parse(await text(process.stdin)) as WhatIfRequest;
try {
  const report = await reportOn(request);
  if (request.html !== null) await writeFile(request.html, reportPage(report));
  process.stdout.write(`${request.json ? reportAsJson(report) : reportAsText(report)}\n`);
} catch (error) {
  if (!isTellable(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === "STORE_UNAVAILABLE" ? 1 : unusableExitCode;
}

/** What a person can mend is told in a sentence; a bug shows where it is. */
function isTellable(error: unknown): error is NodeJS.ErrnoException {
  if (error instanceof StoreError || error instanceof NothingToSimulate) return true;
  return error instanceof Error && "syscall" in error;
}

function reportOn(asked: WhatIfRequest): Promise<WhatIfReport> {
  const rules = reviveRules(asked.rules);
  const options = { rules, withFrontier: asked.html !== null, onWork: progress() };
  if (asked.kind === "replay") return replay(asked, options);
  const { traffic, seed, tickets } = asked;
  return Promise.resolve(simulateTraffic({ ...options, traffic, seed, tickets }));
}

async function replay(
  { file: path }: ReplayRequest,
  options: Omit<Parameters<typeof replayLog>[0], "stores">,
): Promise<WhatIfReport> {
  const file = await openSqliteFile({ path });
  try {
    return await replayLog({ ...options, stores: { log: file.log(), archive: file.archive() } });
  } finally {
    await file.close();
  }
}

/** Tells what is being done once a second: short work is done before anybody asks. */
function progress(): (work: string) => void {
  let toldAt = performance.now();
  return (work) => {
    if (performance.now() - toldAt < progressEveryMs) return;
    toldAt = performance.now();
    process.stderr.write(`${work}\n`);
  };
}
