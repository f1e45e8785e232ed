import { parseArgs } from "node:util";
import { Crowd, type CrowdRate } from "../load/crowd/crowd.ts";
import { crowdFigures, p99, sorted } from "../load/crowd/measure-crowd.ts";
import { type Fleet, startFleet } from "../load/fleet.ts";
import { hold } from "../load/holder.ts";
import type { Traffic } from "../load/load-player.ts";
import { authFrames, signInMany } from "../load/many-players.ts";
import { usageOf } from "../load/process-usage.ts";
import { allGone } from "../load/reconnect-storm.ts";
import { crowdRulesFile } from "../load/server-process.ts";
import { bareFigures, measureBare, socketFigures, socketGoals, trySockets } from "../load/socket-trial.ts";
import { atLeast, atMost, type Goal, quantile, type Report, rounded } from "../report.ts";
import { appendRates } from "./append-rate.ts";
import { tryFailover } from "./failover/failover-trial.ts";
import { climb, type Step } from "./ramp.ts";

const sockets = 10_000;
const socketsOnTwo = 39_000;
/** Texts are typed fast, so that many matches are made; none is so fast that it is refused. */
const typing = { messagesPerSecond: 2, keysPerMessage: 7 };
const duelistsPerSecond = 400;
const rates: readonly CrowdRate[] = [
  { duelists: 700, duelistsPerSecond, queueOperationsPerSecond: 500 },
  { duelists: 1_400, duelistsPerSecond, queueOperationsPerSecond: 1_000 },
  { duelists: 3_150, duelistsPerSecond, queueOperationsPerSecond: 2_050 },
  { duelists: 4_500, duelistsPerSecond, queueOperationsPerSecond: 3_000 },
  { duelists: 6_000, duelistsPerSecond, queueOperationsPerSecond: 4_000 },
];
const parts = ["appends", "sockets", "ramp", "hold", "failover"] as const;

type Findings = { figures: Record<string, number | string>; goals: Goal[] };

/**
 * Two coordinators over PostgreSQL and Redis on one machine: what their logs take, what sockets cost, a crowd that
 * rises in steps, as many sockets as both can hold, and leaders that are killed. `--part` chooses among these.
 */
export async function fleetBench(args: readonly string[]): Promise<Report> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      part: { type: "string", multiple: true, default: [...parts] },
      seconds: { type: "string", default: "10" },
      kills: { type: "string", default: "5" },
      profile: { type: "string" },
    },
  });
  const profiler = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
  const fleet = await startFleet({ nodes: 2, rules: crowdRulesFile, redis: true, nodeArgs: profiler });
  const work: Record<(typeof parts)[number], () => Promise<Findings>> = {
    appends: () => appendPart(fleet),
    sockets: () => socketsPart(fleet),
    ramp: () => rampPart(fleet, Number(values.seconds)),
    hold: () => holdPart(fleet),
    failover: () => failoverPart(fleet, Number(values.kills)),
  };
  const figures: Findings["figures"] = {};
  const goals: Goal[] = [];
  for (const part of parts.filter((known) => values.part.includes(known))) {
    console.error(`… ${part}`);
    const found = await work[part]();
    Object.assign(figures, found.figures);
    goals.push(...found.goals);
  }
  await fleet.stop();
  return { bench: "fleet", figures, goals };
}

async function appendPart({ database, redis }: Fleet): Promise<Findings> {
  return { figures: await appendRates({ database, redis: redis ?? "" }), goals: [] };
}

async function socketsPart({ nodes: [server] }: Fleet): Promise<Findings> {
  const bare = await measureBare(sockets);
  const auths = await authFrames({ secret: server.secret, count: sockets, label: "crowd" });
  const trial = await trySockets(server, { auths, traffic: { sent: 0, received: 0 } });
  return {
    figures: { ...bareFigures(bare), ...socketFigures("one_node", trial) },
    goals: socketGoals("one node", trial, bare),
  };
}

async function rampPart({ nodes }: Fleet, seconds: number): Promise<Findings> {
  const traffic: Traffic = { sent: 0, received: 0 };
  const auths = await authFrames({ secret: nodes[0].secret, count: sockets, label: "crowd" });
  const players = await signInMany({ ports: nodes.map(({ port }) => port), auths, traffic });
  const crowd = new Crowd({ players, duelistsMax: rates[rates.length - 1].duelists, typing });
  const steps = await climb(crowd, { rates, servers: nodes, traffic, seconds, told: tellStep });
  crowd.stop();
  for (const player of players) player.close();
  await Promise.all(nodes.map(allGone));
  const figures = steps.map(({ rate, measured, socketsLost }) => ({
    ...crowdFigures(`at_${rate.queueOperationsPerSecond}_operations`, measured),
    [`at_${rate.queueOperationsPerSecond}_operations_sockets_lost`]: socketsLost,
  }));
  return { figures: Object.assign({}, ...figures), goals: rampGoals(steps) };
}

/** The goals are those of the first step that offers as many operations as they ask for. */
function rampGoals(steps: readonly Step[]): Goal[] {
  const asked = steps.find(({ rate }) => rate.queueOperationsPerSecond >= 2_000) ?? steps[steps.length - 1];
  const { seen, queueOperationsPerSecond } = asked.measured;
  return [
    atLeast("queue operations/s", queueOperationsPerSecond, 2_000),
    atMost("queue.enter reply p99 ms", p99(seen.enqueueMs), 50),
    atMost("queue.leave reply p99 ms", p99(seen.leaveMs), 50),
    atMost("match.found p99 ms", p99(seen.foundMs), 100),
    atMost("match.found across nodes p99 ms", p99(seen.foundAcrossMs), 100),
    atLeast("concurrent matches", quantile(sorted(seen.live), 0.05), 1_000),
  ];
}

function tellStep({ rate, measured }: Step): void {
  const { seen, cpus } = measured;
  console.error(
    `… ${rate.queueOperationsPerSecond} operations/s asked, ${Math.round(measured.queueOperationsPerSecond)} done; ` +
      `${Math.round(measured.matchesPerSecond)} matches/s, ${seen.live.at(-1) ?? 0} live; p99 ms: ` +
      `enter ${Math.round(p99(seen.enqueueMs))}, found ${Math.round(p99(seen.foundMs))}; ` +
      `CPU ${cpus.map((cpu) => `${Math.round(cpu * 100)} %`).join(" + ")}`,
  );
}

async function holdPart({ nodes }: Fleet): Promise<Findings> {
  const count = socketsOnTwo / nodes.length;
  const holders = [];
  // One after the other: both at once would leave the machine no processor for the servers.
  for (const [index, node] of nodes.entries())
    holders.push(await hold(node, { count, label: `hold${index}` }));
  const megabytes = nodes.map(({ pid }) => Math.round(usageOf(pid).rssBytes / 1e6));
  const held = await Promise.all(holders.map((holder) => holder.end()));
  await Promise.all(nodes.map(allGone));
  const total = held.reduce((sum, one) => sum + one, 0);
  return {
    figures: {
      sockets_on_two_nodes: held.join(" + "),
      sockets_on_two_nodes_process_mb: megabytes.join(" + "),
      sockets_on_two_nodes_sign_ins_per_s: holders.map(({ perSecond }) => rounded(perSecond)).join(", "),
    },
    goals: [atLeast("sockets on two nodes", total, socketsOnTwo)],
  };
}

async function failoverPart(fleet: Fleet, kills: number): Promise<Findings> {
  const { resumedMs, matches, lostTickets, endedUnseen, lostMatches } = await tryFailover(fleet, kills);
  const ordered = sorted(resumedMs);
  return {
    figures: {
      failover_kills: kills,
      failover_matches: matches,
      failover_matches_ended_unseen: endedUnseen,
      failover_resumed_p50_ms: Math.round(quantile(ordered, 0.5)),
      failover_resumed_p99_ms: Math.round(p99(resumedMs)),
    },
    goals: [
      atMost(`matching resumes, p99 of ${kills} kills, ms`, p99(resumedMs), 3_000),
      atMost("tickets lost in failovers", lostTickets, 0),
      atMost("matches lost in failovers", lostMatches, 0),
    ],
  };
}
