import { clientFrame } from "../load/frames.ts";
import { isType, type RawClient } from "../load/raw-client.ts";
import { type ServerProcess, startBarePeer, startCoordinator } from "../load/server-process.ts";
import { openClients, signedIn } from "../load/signed-in.ts";
import { atMost, quantile, type Report, rounded } from "../report.ts";

const pairs = 500;
const pairsPerSecond = 100;
const unloadedTrials = 150;
const warmUpTrials = 20;
/** Nothing happens for so long before each unloaded trial, of the pair and of the echo alike. */
const quietMs = 20;

/** How long players wait for the server: replies, found matches, ready updates; alone and among others. */
export async function latencyBench(): Promise<Report> {
  const { quietEchoMs: echoMs, busyEchoMs } = await echo();
  const server = await startCoordinator();
  const loaded = await underLoad(server);
  const aloneMs = await unloadedPairs(server);
  await server.stop();
  const ratio = quantile(aloneMs, 0.5) / quantile(echoMs, 0.5);
  return {
    bench: "latency",
    figures: {
      ...figuresOf("queue_enter_reply", loaded.replyMs),
      ...figuresOf("second_enqueued_to_match_found_on_both", loaded.foundMs),
      ...figuresOf("match_ready_to_ready_update_on_the_other", loaded.readyMs),
      ...figuresOf("unloaded_pair_to_match_found_on_both", aloneMs),
      ...figuresOf("bare_ws_echo", echoMs),
      bare_ws_echo_back_to_back_p50_ms: rounded(quantile(busyEchoMs, 0.5)),
      unloaded_pair_in_echoes: rounded(ratio),
    },
    goals: [
      atMost("queue.enter reply p99 ms", quantile(loaded.replyMs, 0.99), 50),
      atMost("match.found p99 ms", quantile(loaded.foundMs, 0.99), 100),
      atMost("match.ready_update p99 ms", quantile(loaded.readyMs, 0.99), 100),
      atMost("unloaded pair p50 in echoes", ratio, 20),
    ],
  };
}

function figuresOf(name: string, sorted: readonly number[]): Record<string, number> {
  return {
    [`${name}_p50_ms`]: rounded(quantile(sorted, 0.5)),
    [`${name}_p99_ms`]: rounded(quantile(sorted, 0.99)),
    [`${name}_max_ms`]: rounded(sorted[sorted.length - 1]),
  };
}

/**
 * A request over a bare `ws` server and back: what the machine and the library cost. Measured after the same
 * quiet as the unloaded pairs, when processors have to wake up first, and back to back, when they do not.
 */
async function echo(): Promise<{ quietEchoMs: number[]; busyEchoMs: number[] }> {
  const bare = await startBarePeer();
  const [client] = await openClients(bare.port, 1);
  const frame = clientFrame(JSON.stringify({ type: "echo", id: "echo", ts: 0, data: {} }));
  const trial = async () => {
    const startedAt = performance.now();
    await new Promise<void>((resolve) => {
      client.onMessage(() => resolve());
      client.send(frame);
    });
    return performance.now() - startedAt;
  };
  const quietEchoMs: number[] = [];
  const busyEchoMs: number[] = [];
  for (let count = 0; count < unloadedTrials * 4; count += 1) busyEchoMs.push(await trial());
  for (let count = 0; count < unloadedTrials; count += 1) {
    await new Promise((resume) => setTimeout(resume, quietMs));
    quietEchoMs.push(await trial());
  }
  client.close();
  await bare.stop();
  return {
    quietEchoMs: sorted(quietEchoMs.slice(warmUpTrials)),
    busyEchoMs: sorted(busyEchoMs.slice(warmUpTrials)),
  };
}

interface Player {
  readonly client: RawClient;
  sentAt: number;
}

interface Loaded {
  readonly replyMs: number[];
  readonly foundMs: number[];
  readonly readyMs: number[];
}

/** Pairs arrive one after the other, not waiting for each other. */
async function underLoad(server: ServerProcess): Promise<Loaded> {
  const clients = await signedIn(server, { count: pairs * 2, label: "load" });
  const players = clients.map((client): Player => ({ client, sentAt: 0 }));
  const watch = new MatchWatch(players);
  const enter = clientFrame(
    JSON.stringify({ type: "queue.enter", id: "enter", ts: 0, data: { game_type: "bench" } }),
  );
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const player of players.slice(pair * 2, pair * 2 + 2)) {
      player.sentAt = performance.now();
      player.client.send(enter);
    }
    await new Promise((resume) => setTimeout(resume, 1_000 / pairsPerSecond));
  }
  await watch.done;
  for (const client of clients) client.close();
  return { replyMs: sorted(watch.replyMs), foundMs: sorted(watch.foundMs), readyMs: sorted(watch.readyMs) };
}

/** Follows every match from its finding to its second ready update. */
class MatchWatch {
  readonly replyMs: number[] = [];
  readonly foundMs: number[] = [];
  readonly readyMs: number[] = [];
  readonly done: Promise<void>;
  readonly #found = new Map<string, Player[]>();
  readonly #acceptedAt = new Map<string, number>();
  #finish: () => void = () => {};

  constructor(players: readonly Player[]) {
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
    for (const player of players) {
      player.client.onMessage((_, bytes, start, end) => this.#take(player, bytes, start, end));
    }
  }

  #take(player: Player, bytes: Buffer, start: number, end: number): void {
    const now = performance.now();
    if (isType(bytes, start, "queue.update")) {
      if (bytes.includes('"id":"enter"', start)) this.replyMs.push(now - player.sentAt);
      return;
    }
    if (isType(bytes, start, "error")) throw new Error(bytes.subarray(start, end).toString());
    const found = isType(bytes, start, "match.found");
    if (!found && !isType(bytes, start, "match.ready_update")) return;
    const { data } = JSON.parse(bytes.subarray(start, end).toString()) as {
      data: { match_id: string; ready?: number };
    };
    if (found) this.#foundBy(player, data.match_id, now);
    else if (data.ready === 1) this.#readyTold(player, data.match_id, now);
  }

  /** Once both know, the first accepts; the other's update is what is timed. */
  #foundBy(player: Player, match: string, now: number): void {
    const known = this.#found.get(match) ?? [];
    this.#found.set(match, [...known, player]);
    if (known.length === 0) return;
    this.foundMs.push(now - Math.max(known[0].sentAt, player.sentAt));
    this.#acceptedAt.set(match, performance.now());
    known[0].client.sendText(acceptText(match));
  }

  #readyTold(player: Player, match: string, now: number): void {
    const [first] = this.#found.get(match) ?? [];
    if (player === first) return;
    this.readyMs.push(now - (this.#acceptedAt.get(match) ?? now));
    if (this.readyMs.length === pairs) this.#finish();
  }
}

function acceptText(match_id: string): string {
  return JSON.stringify({ type: "match.ready", id: "ready", ts: 0, data: { match_id, response: "accept" } });
}

/** A pair at a time, the first already waiting: the second one's request until both know of the match. */
async function unloadedPairs(server: ServerProcess): Promise<number[]> {
  const clients = await signedIn(server, { count: unloadedTrials * 2, label: "alone" });
  const enter = clientFrame(
    JSON.stringify({ type: "queue.enter", id: "enter", ts: 0, data: { game_type: "bench" } }),
  );
  const times: number[] = [];
  for (let trial = 0; trial < unloadedTrials; trial += 1) {
    const [first, second] = clients.slice(trial * 2, trial * 2 + 2);
    await untilTyped([first], "queue.update", () => first.send(enter));
    await new Promise((resume) => setTimeout(resume, quietMs));
    const startedAt = performance.now();
    await untilTyped([first, second], "match.found", () => second.send(enter));
    times.push(performance.now() - startedAt);
  }
  for (const client of clients) client.close();
  return sorted(times.slice(warmUpTrials));
}

function untilTyped(clients: readonly RawClient[], type: string, start: () => void): Promise<void> {
  return new Promise((resolve) => {
    let left = clients.length;
    for (const client of clients) {
      client.onMessage((_, bytes, at) => {
        if (!isType(bytes, at, type)) return;
        left -= 1;
        if (left === 0) resolve();
      });
    }
    start();
  });
}

function sorted(values: number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
