import type { Command } from "commander";
import { pino } from "pino";
import { type Config, isLoopback } from "../config/config.ts";
import { Coordinator } from "../coordinator.ts";
import { BotCrowd } from "./bot-crowd.ts";
import { configFrom, countFrom, rulesOf } from "./configure.ts";
import { createLogger } from "./create-logger.ts";
import { runCommand } from "./run-command.ts";
import { addSettingFlags, type SettingFlags } from "./setting-flags.ts";
import { takeStopSignal } from "./stop-signal.ts";
import { UsageError } from "./usage-error.ts";

/** A node that drains ends within this, whatever its stores do. */
const drainWithinMs = 25_000;

type ServeFlags = SettingFlags & { readonly demo?: string; readonly json?: boolean };

/** `matchforge serve`: one coordinator, with everything embedded or as a node of a fleet. */
export function addServe(program: Command): void {
  const command = program
    .command("serve")
    .description(
      "Starts one server with everything embedded, or with a database in its configuration one node of a fleet.",
    );
  addSettingFlags(command, [
    "port",
    "host",
    "admin_port",
    "data_dir",
    "rules",
    "guests",
    "shard",
    "node",
    "log_level",
  ])
    .option("--demo <count>", "adds so many bots that play each other")
    .option("--json", "prints the start as one line of JSON")
    .action((flags: ServeFlags) => runCommand(() => serve(flags)));
}

async function serve(flags: ServeFlags): Promise<void> {
  const config = configFrom(flags);
  const rules = rulesOf(config);
  const bots = flags.demo === undefined ? 0 : countFrom(flags.demo, { name: "--demo", atLeast: 0 });
  if (bots > 0 && !config.guestsAllowed) throw new UsageError("--demo needs guests. Add: --guests on");
  const logger = createLogger({
    level: config.logLevel,
    destination: pino.destination({ dest: 2, sync: true }),
  });
  const coordinator = await Coordinator.start({
    config,
    rules,
    logger,
    onFatal: (error) => {
      logger.fatal({ error }, "this process can no longer be trusted and ends; start it again");
      process.exit(1);
    },
  });
  const stop = takeStopSignal();
  announce(coordinator, { config, asJson: flags.json === true });
  const crowd = new BotCrowd({ url: coordinator.url, mode: "code_practice", wpm: [40, 110] });
  const playing = crowd
    .play(bots)
    .catch((error: unknown) => logger.error({ error }, "the bots could not play"));
  await Promise.race([stop.asked, coordinator.drainAsked]);
  if (flags.json !== true)
    console.log("\nStopping: players are told, what is outstanding is stored. Once more to stop at once.");
  crowd.stop();
  const late = setTimeout(() => {
    logger.error("what is outstanding could not be stored in time; the rest of the fleet takes over");
    process.exit(1);
  }, drainWithinMs);
  await coordinator.stop();
  clearTimeout(late);
  await playing;
  stop.release();
}

function announce(
  { url, adminUrl, dataDir }: Coordinator,
  { config, asJson }: { config: Config; asJson: boolean },
): void {
  if (asJson) {
    const operators = adminUrl === null ? {} : { admin_url: adminUrl };
    console.log(JSON.stringify({ url, ...operators, data_dir: dataDir, pid: process.pid }));
    return;
  }
  const reach = isLoopback(config.host) ? " (this machine only)" : "";
  const tries = config.guestsAllowed
    ? [
        ["let ten bots play", `npm run matchforge -- bots --count 10 --url ${url}`],
        ["become a guest", `curl -X POST ${url}/api/v1/auth/guest`],
        ["and connect with its token", `${url.replace(/^http/, "ws")}/ws`],
      ]
    : [["mint a player's token", `npm run matchforge -- token --player player_ada --data-dir ${dataDir}`]];
  const operators = adminUrl === null ? [] : [["operate it (docs/admin.md)", `${adminUrl}/admin/v1`]];
  const lines = [
    ...tries,
    ["see how matchmaking stands", `${url}/api/v1/matchmaking/statistics`],
    ...operators,
  ];
  const next = lines.map(([what = "", how = ""]) => `  ${what.padEnd(28)}${how}`).join("\n");
  console.log(
    `MatchForge listens on ${url}${reach}\nIts data is in ${dataDir}\n\nTry next:\n${next}\n\nCtrl-C stops it; nothing is lost.`,
  );
}
