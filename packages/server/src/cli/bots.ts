import type { Command } from "commander";
import { BotCrowd } from "./bot-crowd.ts";
import { countFrom, runCommand, UsageError } from "./configure.ts";

interface BotsFlags {
  readonly count: string;
  readonly mode: string;
  readonly tier?: string;
  readonly wpm: string;
  readonly url: string;
  readonly duration?: string;
  readonly json?: boolean;
}

const reportEveryMs = 1_000;

/** `matchforge bots`: players for a server that has none yet. */
export function addBots(program: Command): void {
  program
    .command("bots")
    .description("Lets bots queue, accept and type, so that one person can see a living system.")
    .option("--count <number>", "how many", "10")
    .option("--mode <mode>", "what they play", "code_practice")
    .option(
      "--tier <tier>",
      "the stake tier, in modes that have stakes (code_duel: bronze, silver, gold, diamond)",
    )
    .option("--wpm <min..max>", "how fast they type", "40..110")
    .option("--url <url>", "the server", "http://127.0.0.1:8080")
    .option("--duration <seconds>", "how long; without it until Ctrl-C")
    .option("--json", "prints the counts as one line of JSON at the end")
    .action((flags: BotsFlags) => runCommand(() => bots(flags)));
}

async function bots(flags: BotsFlags): Promise<void> {
  const count = countFrom(flags.count, { name: "--count", atLeast: 1 });
  const durationMs =
    flags.duration === undefined
      ? null
      : countFrom(flags.duration, { name: "--duration", atLeast: 1 }) * 1_000;
  const { url, mode, tier } = flags;
  const crowd = new BotCrowd({ url, mode, ...(tier !== undefined && { tier }), wpm: speedsFrom(flags.wpm) });
  try {
    await crowd.start(count);
  } catch (error) {
    crowd.stop();
    throw new UsageError(`${(error as Error).message}. Is a server running at ${url}? Start one: npm start`, {
      cause: error,
    });
  }
  const report = setInterval(() => {
    if (flags.json !== true) console.log(progressOf(crowd));
  }, reportEveryMs);
  const stop = () => crowd.stop();
  process.once("SIGINT", stop);
  const timer = durationMs === null ? undefined : setTimeout(stop, durationMs);
  await crowd.ended();
  clearTimeout(timer);
  clearInterval(report);
  if (flags.json === true) console.log(JSON.stringify(crowd.counts));
  if (crowd.counts.failed === crowd.counts.bots)
    throw new UsageError(`No bot could play: ${crowd.lastFailure}`);
}

function progressOf({ counts, lastFailure }: BotCrowd): string {
  const { bots, queued, found, playing, finished, cancelled, refused, failed } = counts;
  const trouble = lastFailure === null ? "" : `, ${failed} failed (${lastFailure})`;
  return `${bots} bots: ${queued} queued, ${found} found, ${playing} started, ${finished} finished, ${cancelled} cancelled, ${refused} refused${trouble}`;
}

function speedsFrom(text: string): [number, number] {
  const found = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const low = Number(found?.[1]);
  const high = Number(found?.[2] ?? found?.[1]);
  if (found !== null && low >= 1 && high >= low && high <= 280) return [low, high];
  throw new UsageError(`--wpm is ${text}; it takes a speed or a range from 1 to 280, such as 40..110.`);
}
