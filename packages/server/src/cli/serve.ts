import type { Command } from "commander";
import { pino } from "pino";
import { isLoopback } from "../config/config.ts";
import { Coordinator } from "../coordinator.ts";
import { BotCrowd } from "./bot-crowd.ts";
import { configFrom, countFrom, rulesOf, runCommand } from "./configure.ts";

interface ServeFlags {
  readonly port?: string;
  readonly host?: string;
  readonly dataDir?: string;
  readonly config?: string;
  readonly rules?: string;
  readonly logLevel?: string;
  readonly guests?: string;
  readonly demo?: string;
  readonly json?: boolean;
}

/** `matchforge serve`: one coordinator with everything embedded. */
export function addServe(program: Command): void {
  program
    .command("serve")
    .description("Starts one server with everything embedded: log, archive, relay, guests on loopback.")
    .option("--port <number>", "where to listen; 0 for any free port (PORT; default 8080)")
    .option("--host <address>", "the address to listen on (MATCHFORGE_HOST; default 127.0.0.1)")
    .option("--data-dir <folder>", "where the data is kept (MATCHFORGE_DATA_DIR; default ./data)")
    .option("--config <file>", "a TOML file with these and further settings")
    .option("--rules <file>", "the rules of all modes (MATCHFORGE_RULES; default: the arcade's)")
    .option(
      "--guests <choice>",
      "whether guests may sign in: auto, on or off (default auto: on loopback only)",
    )
    .option("--log-level <level>", "fatal, error, warn, info, debug or silent (default info)")
    .option("--demo <count>", "adds so many bots that play each other")
    .option("--json", "prints the start as one line of JSON")
    .action((flags: ServeFlags) => runCommand(() => serve(flags)));
}

async function serve(flags: ServeFlags): Promise<void> {
  const {
    port,
    host,
    dataDir: data_dir,
    config: file,
    rules: rulesFile,
    logLevel: log_level,
    guests,
  } = flags;
  const given = { port, host, data_dir, rules: rulesFile, log_level, guests };
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const config = configFrom({ ...named, ...(file !== undefined && { config: file }) });
  const rules = rulesOf(config);
  const bots = flags.demo === undefined ? 0 : countFrom(flags.demo, { name: "--demo", atLeast: 0 });
  const logger = pino(
    { level: config.logLevel, redact: ["token", "*.token", "headers.authorization"] },
    pino.destination(2),
  );
  const coordinator = await Coordinator.start({
    config,
    rules,
    logger,
    onFatal: (error) => {
      logger.fatal({ error }, "this process can no longer be trusted and ends; start it again");
      process.exit(1);
    },
  });
  announce(coordinator, {
    guests: config.guestsAllowed,
    isLoopback: isLoopback(config.host),
    asJson: flags.json === true,
  });
  const crowd = new BotCrowd({ url: coordinator.url, mode: "code_practice", wpm: [40, 110] });
  if (bots > 0) await crowd.start(bots);
  await stopSignal();
  if (flags.json !== true)
    console.log("Stopping: players are told, what is outstanding is stored. Once more to stop at once.");
  crowd.stop();
  await coordinator.stop();
}

function announce(
  coordinator: Coordinator,
  { guests, isLoopback: isLocal, asJson }: { guests: boolean; isLoopback: boolean; asJson: boolean },
): void {
  const { url, dataDir } = coordinator;
  if (asJson) {
    console.log(JSON.stringify({ url, data_dir: dataDir, pid: process.pid }));
    return;
  }
  const next = guests
    ? `  npm run matchforge -- bots --count 10 --url ${url}   let ten bots play\n  curl -X POST ${url}/api/v1/auth/guest                    become a guest, then connect to ${url.replace("http", "ws")}/ws`
    : `  npm run matchforge -- token --player player_ada --data-dir ${dataDir}   a token for a player`;
  console.log(
    `MatchForge listens on ${url}${isLocal ? " (this machine only)" : ""}\n` +
      `Its data is in ${dataDir}\n\nTry next:\n${next}\n  open ${url}/api/v1/matchmaking/statistics   see how matchmaking stands\n\nCtrl-C stops it; nothing is lost.`,
  );
}

/** Resolves with the first request to stop; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on("SIGINT", ask);
    process.on("SIGTERM", ask);
  });
}
