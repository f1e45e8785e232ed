import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Crowd } from "../load/crowd/crowd.ts";
import { type CrowdMeasured, crowdFigures, measureCrowd, sorted } from "../load/crowd/measure-crowd.ts";
import { echoRate } from "../load/echo-rate.ts";
import type { Traffic } from "../load/load-player.ts";
import { authFrames } from "../load/many-players.ts";
import { reconnectStorm, type Storm } from "../load/reconnect-storm.ts";
import {
  crowdRulesFile,
  type ServerProcess,
  startBarePeer,
  startCoordinator,
} from "../load/server-process.ts";
import { openBareSockets, openSignedIn, type SocketWeight, weigh } from "../load/socket-cost.ts";
import { atLeast, atMost, type Goal, quantile, type Report, rounded } from "../report.ts";
import { type Setup, setups } from "./setups.ts";

const sockets = 10_000;
const duelists = 4_000;
const duelistsPerSecond = 400;
const queueOperationsPerSecond = 850;
const typing = { messagesPerSecond: 2.5, keysPerMessage: 2 };

/**
 * One coordinator with everything on it at once: sockets, duels being typed, queues; after its sockets alone have
 * been weighed against those of a bare `ws` server.
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
  const { weight, echo } = await bareEcho();
  const figures: Record<string, number | string> = {
    bare_bytes_per_socket: Math.round(weight.bytesPerSocket),
    bare_process_mb: Math.round(weight.processBytes / 1e6),
    bare_echo_messages_per_s: rounded(echo.messagesPerSecond),
    bare_echo_server_us_per_message: rounded(echo.serverMicrosPerMessage),
  };
  const goals: Goal[] = [];
  for (const name of values.setup) {
    const setup = setups[name];
    if (setup === undefined) throw new Error(`There is no set-up ${name}; there are ${Object.keys(setups)}.`);
    const nodeArgs = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
    const run = await runOn(setup, { seconds: Number(values.seconds), nodeArgs });
    Object.assign(figures, figuresOf(name, run));
    goals.push(...goalsOf(name, { run, bare: weight }));
  }
  return { bench: "coordinator", figures, goals };
}

interface Run {
  readonly weight: SocketWeight;
  readonly storm: Storm;
  readonly measured: CrowdMeasured;
  readonly socketsLost: number;
}

async function bareEcho() {
  say("a bare ws server");
  const bare = await startBarePeer("echo");
  const { opened, ...weight } = await weigh(bare, () => openBareSockets(bare, sockets));
  for (const client of opened.clients) client.close();
  await pause(1_000);
  const echo = await echoRate(bare);
  await bare.stop();
  return { weight, echo };
}

async function runOn(
  setup: Setup,
  { seconds, nodeArgs }: { seconds: number; nodeArgs: readonly string[] },
): Promise<Run> {
  const stores = await setup.start();
  const server = await startCoordinator({ rules: crowdRulesFile, nodeArgs, ...stores });
  const auths = await authFrames({ secret: server.secret, count: sockets, label: "crowd" });
  const traffic: Traffic = { sent: 0, received: 0 };
  say("weighs signed-in sockets");
  const { opened, ...weight } = await weigh(server, () => openSignedIn(server, { auths, traffic }));
  say("lets everybody come back at once");
  const bare = await startBarePeer("echo");
  const storm = await reconnectStorm({ server, bare, players: opened.clients, auths, traffic });
  await bare.stop();
  const { measured, socketsLost } = await crowdOn(server, { auths, traffic, seconds });
  await server.stop();
  await stores.stop();
  return { weight, storm, measured, socketsLost };
}

async function crowdOn(
  server: ServerProcess,
  { auths, traffic, seconds }: { auths: readonly Buffer[]; traffic: Traffic; seconds: number },
): Promise<{ measured: CrowdMeasured; socketsLost: number }> {
  say("lets the crowd play");
  const { clients: players } = await openSignedIn(server, { auths, traffic });
  let socketsLost = 0;
  for (const player of players)
    player.onClose(() => {
      socketsLost += 1;
    });
  const crowd = new Crowd({ players, duelists, duelistsPerSecond, queueOperationsPerSecond, typing });
  await pause((duelists / duelistsPerSecond + 15) * 1_000);
  const measured = await measureCrowd(crowd, { servers: [server], traffic, seconds });
  crowd.stop();
  for (const player of players) player.onClose(() => {});
  for (const player of players) player.close();
  return { measured, socketsLost };
}

function figuresOf(name: string, { weight, storm, measured, socketsLost }: Run) {
  return {
    [`${name}_bytes_per_socket`]: Math.round(weight.bytesPerSocket),
    [`${name}_process_mb`]: Math.round(weight.processBytes / 1e6),
    [`${name}_idle_process_mb`]: Math.round(weight.idleBytes / 1e6),
    [`${name}_storm_resumes_per_s`]: rounded(storm.resumesPerSecond),
    [`${name}_storm_bare_handshakes_per_s`]: rounded(storm.bareHandshakesPerSecond),
    [`${name}_storm_load_busy`]: `${rounded(storm.loadBusy)}, bare ${rounded(storm.bareLoadBusy)}`,
    [`${name}_sockets_lost`]: socketsLost,
    ...crowdFigures(name, measured),
  };
}

function goalsOf(name: string, { run, bare }: { run: Run; bare: SocketWeight }): Goal[] {
  const { weight, storm, measured } = run;
  const { seen } = measured;
  const p99 = (values: readonly number[]) => quantile(sorted(values), 0.99);
  return [
    atMost(`${name}: memory of a socket in bare ones`, weight.bytesPerSocket / bare.bytesPerSocket, 1.5),
    atMost(`${name}: memory of the process in bare ones`, weight.processBytes / bare.processBytes, 1.5),
    atLeast(
      `${name}: resumes in bare handshakes`,
      storm.resumesPerSecond / storm.bareHandshakesPerSecond,
      0.5,
    ),
    atMost(`${name}: lost in the storm`, storm.lost, 0),
    atLeast(`${name}: sockets held`, sockets - run.socketsLost, sockets),
    atLeast(`${name}: live duels`, quantile(sorted(seen.live), 0.05), 1_500),
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
