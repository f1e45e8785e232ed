import { analyseRules, type Rules } from "@matchforge/core";
import { secretFiles } from "../../auth/secrets.ts";
import type { Config } from "../../config/config.ts";
import { describeProblem } from "../../config/problem.ts";
import { loadRules } from "../../config/rules-file.ts";
import { checkClock } from "./check-clock.ts";
import { checkDataFile, checkDataFolder, checkSecret } from "./check-data.ts";
import { checkPort, checkServer } from "./check-network.ts";
import { type Check, type Finding, type Found, fail, ok, warn } from "./finding.ts";
import { fleetChecks } from "./fleet-checks.ts";

export type { Finding } from "./finding.ts";

/** Looks at everything a server needs here, and at a server that runs, if its address is given. */
export async function examine(config: Config, url: string | null): Promise<Finding[]> {
  const { fleet } = config;
  const checks: Check[] = [
    ["node", () => ok(`Node ${process.versions.node}`)],
    ["clock", () => checkClock(Date.now())],
    ["rules", () => checkRules(config)],
    ["data folder", () => checkDataFolder(config)],
    ...Object.values(secretFiles).map((name): Check => [name, () => checkSecret(config, name)]),
    ...(fleet === null ? [dataFileCheck(config)] : await fleetChecks(config, fleet)),
    ["port", () => checkPort(config)],
  ];
  if (url !== null) checks.push(["server", () => checkServer(url)]);
  const findings: Finding[] = [];
  for (const [check, look] of checks) findings.push({ check, ...(await look()) });
  return findings;
}

function dataFileCheck(config: Config): Check {
  return ["data file", () => checkDataFile(config)];
}

function checkRules({ rulesFile }: Config): Found {
  const loaded = loadRules(rulesFile);
  if (loaded.ok) return checkedRules(loaded.rules, rulesFile);
  return fail(`${rulesFile}: ${loaded.problems.map(describeProblem).join("; ")}`, "Correct the file.");
}

function checkedRules(rules: Rules, file: string): Found {
  const detail = `${rules.modes.length} modes in ${file}`;
  const told = analyseRules(rules).filter(({ severity }) => severity !== "note").length;
  if (told === 0) return ok(detail);
  return warn(`${detail}; ${told} may not do what they look like`, `See: matchforge rules check ${file}`);
}
