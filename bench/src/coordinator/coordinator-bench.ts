import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Crowd } from "../load/crowd/crowd.ts";
import { type CrowdMeasured, crowdFigures, measureCrowd, p99, sorted } from "../load/crowd/measure-crowd.ts";
import type { Traffic } from "../load/load-player.ts";
import { authFrames } from "../load/many-players.ts";
import { crowdRulesFile, type ServerProcess } from "../load/server-process.ts";
import { openSignedIn } from "../load/socket-cost.ts";
import {
  bareFigures,
  measureBare,
  type SocketTrial,
  socketFigures,
  socketGoals,
  trySockets,
} from "../load/socket-trial.ts";
import { atLeast, atMost, type Goal, quantile, type Report } from "../report.ts";
import { setups } from "./setups.ts";

const sockets = 10_000;
const rate = { duelists: 4_000, duelistsPerSecond: 400, queueOperationsPerSecond: 850 };
const typing = { messagesPerSecond: 2.5, keysPerMessage: 2 };
/** From the last duelist's start until every one of them has been through a match. */
const settleMs = 20_000;

/**
 * One coordinator with everything on it at once: sockets, duels being typed, queues; after its sockets alone have
 * been weighed against those of a bare `ws` server. On each set-up, or on those named by `--setup`.
 */
export async function coordinatorBench(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      setup: { type: "string", multiple: true, default: Object.keys(setups) },
      seconds: { type: "string", default: "30" },
      profile: { type: "string" },
    },
  });
  say("measures a bare ws server");
  const bare = await measureBare(sockets);
  const figures: Record<string, number | string> = bareFigures(bare);
  const goals: Goal[] = [];
  for (const name of values.setup) {
    const profiler = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
    const run = await runOn(name, { seconds: Number(values.seconds), profiler });
    Object.assign(figures, socketFigures(name, run.trial), crowdFigures(name, run.measured));
    goals.push(...socketGoals(name, run.trial, bare), ...crowdGoals(name, run));
  }
  return { bench: "coordinator", figures, goals };
}

interface Run {
  readonly trial: SocketTrial;
  readonly measured: CrowdMeasured;
  /** Of those who were signed in when the crowd began. */
  readonly socketsHeld: number;
}

async function runOn(
  name: string,
  { seconds, profiler }: { seconds: number; profiler: readonly string[] },
): Promise<Run> {
  const start = setups[name];
  if (start === undefined)
    throw new Error(`There is no set-up ${name}; there are ${Object.keys(setups).join(", ")}.`);
  const { server, stop } = await start({ rules: crowdRulesFile, nodeArgs: profiler });
  const auths = await authFrames({ secret: server.secret, count: sockets, label: "crowd" });
  const traffic: Traffic = { sent: 0, received: 0 };
  say(`${name}: weighs signed-in sockets and lets them all come back at once`);
  const trial = await trySockets(server, { auths, traffic });
  say(`${name}: lets the crowd play`);
  const played = await playOn(server, { auths, traffic, seconds });
  await stop();
  return { trial, ...played };
}

async function playOn(
  server: ServerProcess,
  { auths, traffic, seconds }: { auths: readonly Buffer[]; traffic: Traffic; seconds: number },
): Promise<Pick<Run, "measured" | "socketsHeld">> {
  const { clients: players } = await openSignedIn(server, { auths, traffic });
  const crowd = new Crowd({ players, duelistsMax: rate.duelists, typing });
  await pause(crowd.rise(rate) + settleMs);
  const measured = await measureCrowd(crowd, { servers: [server], traffic, seconds });
  crowd.stop();
  for (const player of players) player.close();
  return { measured, socketsHeld: players.length - crowd.socketsLost };
}

function crowdGoals(name: string, { measured, socketsHeld }: Run): Goal[] {
  const { seen } = measured;
  return [
    atLeast(`${name}: sockets held`, socketsHeld, sockets),
    atLeast(`${name}: duels being typed`, quantile(sorted(seen.live), 0.05), 1_500),
    atLeast(`${name}: queue operations/s`, measured.queueOperationsPerSecond, 833),
    atLeast(`${name}: messages/s`, measured.messagesPerSecond, 30_000),
    atMost(`${name}: queue.enter reply p99 ms`, p99(seen.enqueueMs), 50),
    atMost(`${name}: match.found p99 ms`, p99(seen.foundMs), 100),
    atMost(`${name}: match.ready_update p99 ms`, p99(seen.readyMs), 100),
    atMost(`${name}: game.opponent_progress p99 ms`, p99(seen.relayMs), 100),
  ];
}

function say(what: string): void {
  console.error(`… ${what}`);
}
