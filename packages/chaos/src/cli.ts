import { parseArgs } from "node:util";
import { type Setup, setups } from "./arena.ts";
import { runCampaign } from "./campaign.ts";
import { type FaultKind, faultKinds, faults } from "./faults.ts";
import { chaosLimits } from "./limits.ts";

const help = `Lets players play on a real fleet while things go wrong, and holds what they were told against the log.

  npm run chaos -- [--kind KIND] [--runs N] [--seed S] [--setup SETUP] [--nodes N] [--players N] [--json]

  --kind     one or more of ${faultKinds.join(", ")}; or all
  --runs     how often each kind strikes (1)
  --seed     what it draws from (1)
  --setup    ${setups.join(", ")} (postgres_redis)
  --nodes    coordinators (3)
  --players  who play (24)
  --json     ends with a line of JSON

It needs PostgreSQL and Redis on this machine, and starts private ones. Exit code 1: something was lost.`;

const { values } = parseArgs({
  options: {
    kind: { type: "string", default: "all" },
    runs: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    setup: { type: "string", default: "postgres_redis" },
    nodes: { type: "string", default: "3" },
    players: { type: "string", default: "24" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) console.log(help);
else await run();

async function run(): Promise<void> {
  const setup: Setup = oneOf(setups, values.setup, "--setup");
  const isAll = values.kind === "all";
  const kinds: readonly FaultKind[] = isAll
    ? faultKinds
    : values.kind.split(",").map((kind) => oneOf(faultKinds, kind, "--kind"));
  const report = await runCampaign({
    setup,
    kinds: kinds.filter((kind) => (faults[kind].setups as readonly Setup[]).includes(setup)),
    runs: numberFrom("--runs", values.runs, chaosLimits.runsMax),
    seed: numberFrom("--seed", values.seed, 2 ** 31),
    nodes: numberFrom("--nodes", values.nodes, chaosLimits.nodesMax),
    players: numberFrom("--players", values.players, chaosLimits.playersMax),
    onProgress: (line) => console.log(line),
  });
  for (const line of report.restarts) console.log(`restarted: ${line}`);
  for (const line of report.violations) console.log(`VIOLATION ${line}`);
  const strikes = Object.values(report.struck).reduce((sum, count) => sum + count, 0);
  console.log(
    `${strikes} faults on ${setup}, ${report.matches} matches (${report.voided} void), ${report.entries} entries, ` +
      `${report.acknowledgedTickets} tickets acknowledged: ${report.violations.length} violations`,
  );
  if (values.json) console.log(JSON.stringify(report));
  process.exit(report.violations.length === 0 ? 0 : 1);
}

function oneOf<Item extends string>(items: readonly Item[], given: string, name: string): Item {
  const found = items.find((item) => item === given);
  if (found === undefined) refuse(`${name} is ${given}; it takes one of ${items.join(", ")}.`);
  return found;
}

function numberFrom(name: string, given: string, max: number): number {
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < 1 || value > max) refuse(`${name} is ${given}; it takes 1 to ${max}.`);
  return value;
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
