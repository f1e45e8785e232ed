import type { Rules } from "@matchforge/core";
import type { Command } from "commander";
import { countFrom } from "../configure.ts";
import { runCommand } from "../run-command.ts";
import { UsageError } from "../usage-error.ts";
import { type AnswerFlags, addAnswerFlags, answerFrom, unusable } from "./answer-flags.ts";
import { runSimulator } from "./run-simulator.ts";
import { loadTraffic, type Traffic, usualTraffic } from "./traffic-file.ts";

type SimulateFlags = AnswerFlags & {
  readonly traffic?: string;
  readonly seed: string;
  readonly tickets?: string;
};

/** Beyond it the figures stand still and memory is all that is used. */
const ticketsMax = 20_000_000;
const ticketsUsualMax = 1_000_000;
const daySecs = 86_400;
const seedMax = 0xffff_ffff;

/** `matchforge simulate`: what rules would come to, on synthetic arrivals. */
export function addSimulate(program: Command): void {
  addAnswerFlags(program.command("simulate"))
    .description("Tries rules on synthetic arrivals: waits, quality, who is not matched.")
    .option("--traffic <file>", "who comes and when, as TOML; without it a usual day")
    .option("--seed <n>", "what arrivals are drawn from; the same seed gives the same report", "1")
    .option("--tickets <n>", "how many come; without it as many as in a day, a million at most")
    .addHelpText(
      "after",
      "\nExample:\n  matchforge simulate --rules arcade.toml --tickets 200000 --html report.html",
    )
    .action((flags: SimulateFlags) => runCommand(() => simulate(flags)));
}

async function simulate(flags: SimulateFlags): Promise<void> {
  const answer = answerFrom(flags);
  const seed = boundedCount(flags.seed, { name: "--seed", atLeast: 0, atMost: seedMax });
  const traffic = trafficFrom(flags, answer.rules);
  const tickets =
    flags.tickets === undefined
      ? ticketsOfDay(traffic)
      : boundedCount(flags.tickets, { name: "--tickets", atLeast: 1, atMost: ticketsMax });
  await runSimulator({ kind: "simulate", ...answer, seed, tickets, traffic });
}

/** A whole day has its quiet and its busy hours. */
function ticketsOfDay({ arrivals }: Traffic): number {
  return Math.max(1, Math.min(ticketsUsualMax, Math.round(arrivals.perSecond * daySecs)));
}

function trafficFrom({ traffic: path }: SimulateFlags, rules: Rules): Traffic {
  if (path === undefined) return usualTraffic(rules);
  const loaded = loadTraffic(path, rules);
  if (!loaded.ok) throw unusable(`The traffic in ${path}`, loaded.problems);
  return loaded.traffic;
}

function boundedCount(text: string, bounds: { name: string; atLeast: number; atMost: number }): number {
  const count = countFrom(text, bounds);
  if (count <= bounds.atMost) return count;
  throw new UsageError(`${bounds.name} is ${text}; it takes a whole number of at most ${bounds.atMost}.`);
}
