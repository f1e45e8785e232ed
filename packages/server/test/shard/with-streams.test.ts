import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { placeOf, type StreamRecord } from "@matchforge/stores";
import { redisForTests, waitUntil } from "@matchforge/testbed";
import { Redis } from "ioredis";
import type { StreamsConfig } from "../../src/config/streams-config.ts";
import type { RunningShard } from "../../src/shard/running-shard.ts";
import { withStreams } from "../../src/shard/with-streams.ts";
import { matchOf, queue, TestFleet } from "./fleet-rig.ts";
import { done, reaches, startShard } from "./shard-rig.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "matchforge-streams-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nowhere: StreamsConfig = {
  jsonLines: null,
  redisStreams: null,
  nats: null,
  iggy: null,
  channels: null,
};
const withinMs = 20_000;
const path = () => join(folder, "events.jsonl");

async function start(streams: Partial<StreamsConfig>): Promise<RunningShard> {
  const options = { streams: { ...nowhere, ...streams }, shard: "main", allowUnsafe: [], report: () => {} };
  return withStreams(await startShard(folder), options);
}

/** Two players meet, and the second of them gives up. */
async function play(shard: RunningShard, players: readonly [`player_${string}`, `player_${string}`]) {
  for (const player of players) await queue(shard, player);
  await reaches(shard, () => matchOf(shard, players[0]) !== null);
  const match = matchOf(shard, players[0]);
  assert.ok(match !== null);
  await reaches(shard, ({ matches }) => matches.get(match)?.phase.state === "ACTIVE");
  await done(shard, { type: "match.abandon", match, player: players[1] });
  return match;
}

function records(): StreamRecord[] {
  if (!existsSync(path())) return [];
  const lines = readFileSync(path(), "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

test("[SK35] a server that is alone writes its matches to a file, and goes on where it ended", async () => {
  const jsonLines = { path: path(), fileBytesMax: 1_000_000_000 };
  const isToldOf = (match: string) => () =>
    records().some(({ type, match_id }) => type === "MatchSettled" && match_id === match);
  const told: string[] = [];
  for (const players of [
    ["player_a", "player_b"],
    ["player_c", "player_d"],
  ] as const) {
    const shard = await start({ jsonLines });
    const match = await play(shard, players);
    told.push(match);
    await waitUntil(isToldOf(match), { what: "the end of the match", withinMs });
    await shard.stop();
  }
  const all = records();
  const states = all.filter(({ match_id }) => match_id === told[1]).map(({ data }) => data.state);
  const seen = states.filter((state) => state !== undefined);
  assert.deepEqual(seen.slice(-3), ["ACTIVE", "RESOLVED", "SETTLED"]);
  const places = all
    .map(({ cursor }) => placeOf(cursor))
    .map(({ position, index }) => position * 1_000 + index);
  assert.deepEqual(
    places,
    [...new Set(places)].sort((one, other) => one - other),
  );
});

test("[SK35] [CN1] a server that is alone streams to a Redis and tells its channels", async () => {
  const { url } = await redisForTests();
  const prefix = `${folder.replace(/.*-/, "test-")}:`;
  const outside = new Redis(url);
  const heard: string[] = [];
  outside.on("pmessage", (_pattern, channel: string) => heard.push(channel.slice(prefix.length)));
  await outside.psubscribe(`${prefix}*`);
  const shard = await withStreams(await startShard(folder), {
    streams: { ...nowhere, redisStreams: { url, recordsMax: 1_000 }, channels: { url, prefix } },
    shard: prefix.slice(0, -1),
    allowUnsafe: [],
    report: () => {},
  });
  // Channels begin at the end of what is stored when they are opened, and tell nothing from before.
  const isOpen = async () => {
    await queue(shard, "player_first");
    await done(shard, { type: "ticket.cancel", player: "player_first" });
    return heard.length > 0;
  };
  await waitUntil(isOpen, { what: "the channels", withinMs });
  const match = await play(shard, ["player_a", "player_b"]);
  await waitUntil(() => heard.includes(`match:${match}:events`), { what: "the match", withinMs });
  const reader = new Redis(url);
  const isStreamed = async () => {
    const entries = await reader.xrange(`{mf:${prefix.slice(0, -1)}}:stream`, "-", "+");
    return entries.some(([, fields]) => fields.includes("MatchSettled"));
  };
  await waitUntil(isStreamed, { what: "the stream", withinMs });
  await shard.stop();
  outside.disconnect();
  reader.disconnect();
});

test("[SK30] in a fleet the next leader goes on where the last one stopped, and nothing comes twice", async () => {
  const { url } = await redisForTests();
  await using fleet = new TestFleet(url);
  const options = {
    streams: { ...nowhere, redisStreams: { url, recordsMax: 10_000 } },
    shard: fleet.shard,
    allowUnsafe: [],
    report: () => {},
  };
  const told = async (match: string) => {
    const entries = await fleet.client.xrange(fleet.key("stream"), "-", "+");
    const types = entries.map(([, fields]) => [fields[fields.indexOf("match_id") + 1], fields[3]]);
    return types.filter(([id]) => id === match).map(([, type]) => type);
  };
  const nodes = [await fleet.start(), await fleet.start()];
  // Ended apart from their nodes, which the fleet ends.
  const telling = await Promise.all(
    nodes.map((node) => withStreams({ ...node, stop: async () => {} }, options)),
  );
  const matches: string[] = [];
  for (const [round, players] of (
    [
      ["player_a", "player_b"],
      ["player_c", "player_d"],
    ] as const
  ).entries()) {
    const leader = nodes.findIndex(({ node }) => node.leads);
    const match = await play(nodes[leader]!, players);
    matches.push(match);
    const isTold = async () => (await told(match)).includes("MatchSettled");
    await waitUntil(isTold, { what: "the end of the match", withinMs });
    if (round > 0) break;
    await telling[leader]!.stop();
    await fleet.stop(nodes[leader]!);
    nodes.splice(leader, 1);
    telling.splice(leader, 1);
    await reaches(nodes[0]!, () => nodes[0]!.node.leads);
  }
  for (const match of matches) {
    const types = await told(match);
    assert.deepEqual(types, [...new Set(types)], "nothing twice");
    assert.deepEqual(types.slice(0, 2), ["MatchCreated", "MatchPreparing"]);
  }
  await Promise.all(telling.map((one) => one.stop()));
});
