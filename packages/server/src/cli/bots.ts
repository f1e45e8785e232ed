import type { Command } from "commander";
import { BotCrowd } from "./bot-crowd.ts";
import { countFrom, serverUrlFrom } from "./configure.ts";
import { runCommand } from "./run-command.ts";
import { takeStopSignal } from "./stop-signal.ts";
import { UsageError } from "./usage-error.ts";

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
/** The server takes 25 keys in a second at most; a word is five. */
const fastestWpm = 280;

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
    .option("--json", "prints each second's counts, and the last ones, as a line of JSON")
    .action((flags: BotsFlags) => runCommand(() => bots(flags)));
}

async function bots(flags: BotsFlags): Promise<void> {
  const count = countFrom(flags.count, { name: "--count", atLeast: 1 });
  const seconds =
    flags.duration === undefined ? null : countFrom(flags.duration, { name: "--duration", atLeast: 1 });
  const { mode, tier } = flags;
  const url = serverUrlFrom(flags.url);
  const crowd = new BotCrowd({ url, mode, wpm: speedsFrom(flags.wpm), ...(tier !== undefined && { tier }) });
  const stop = takeStopSignal();
  void stop.asked.then(() => crowd.stop());
  const report = () => console.log(flags.json === true ? JSON.stringify(crowd.counts) : progressOf(crowd));
  const reports = setInterval(report, reportEveryMs);
  const end = seconds === null ? undefined : setTimeout(() => crowd.stop(), seconds * 1_000);
  try {
    await crowd.play(count);
    report();
  } catch (error) {
    const advice = `A MatchForge server that takes guests must run at ${url}: npm start -- --guests on`;
    const reason = crowd.lastError?.replace(/\.$/, "") ?? "nobody answers";
    throw new UsageError(`The bots cannot sign in: ${reason}. ${advice}`, { cause: error });
  } finally {
    clearInterval(reports);
    clearTimeout(end);
    stop.release();
  }
  const { finished, errors } = crowd.counts;
  if (finished === 0 && errors > 0) throw new UsageError(`No bot could play. ${crowd.lastError}`);
}

function progressOf({ counts, lastError }: BotCrowd): string {
  const { bots, queued, playing, finished, cancelled, errors } = counts;
  const trouble = lastError === null ? "" : ` (last: ${lastError})`;
  return `${bots} bots: ${queued} queued, ${playing} playing, ${finished} finished, ${cancelled} cancelled, ${errors} errors${trouble}`;
}

function speedsFrom(text: string): [number, number] {
  const found = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const low = Number(found?.[1]);
  const high = Number(found?.[2] ?? found?.[1]);
  if (found !== null && low >= 1 && high >= low && high <= fastestWpm) return [low, high];
  throw new UsageError(
    `--wpm is ${text}; it takes a speed or a range from 1 to ${fastestWpm}, such as 40..110.`,
  );
}
