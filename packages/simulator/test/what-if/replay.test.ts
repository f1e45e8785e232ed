import assert from "node:assert/strict";
import { test } from "node:test";
import { defineRules, duelSearch, noWishes, type Rules } from "@matchforge/core";
import { MemoryArchiveStore } from "@matchforge/stores";
import { Random } from "../../src/time/random.ts";
import { readArchive } from "../../src/what-if/replay/read-archive.ts";
import { readRecording } from "../../src/what-if/replay/read-recording.ts";
import { runArrivals } from "../../src/what-if/run/run-arrivals.ts";
import type { MatchListener } from "../../src/what-if/run/simulation.ts";
import { replayLog } from "../../src/what-if/what-if.ts";
import { RecordedShard, type Visitor } from "./recorded-shard.ts";
import { duel } from "./sample-traffic.ts";

const held = { ...duelSearch, hold: { kind: "arrivals", pointsPerSecond: 20 } } as const;
const rules: Rules = defineRules({
  modes: [duel({ warnAfterMs: 60_000, maxWaitMs: 90_000 }), duel({ id: "patient", search: held })],
});

/** The shard's first seconds are its own: it elects a leader and takes its rules. */
const opensAt = 5_000;

function visitorsOf(seed: number, count: number): Visitor[] {
  const random = new Random(seed);
  let at = opensAt;
  return Array.from({ length: count }, () => {
    at += random.between(0, 3_000);
    const cancelsAt = random.chance(0.3) ? at + random.between(1_000, 40_000) : null;
    const mode = random.chance(0.5) ? "duel" : "patient";
    return { at, mode, rating: random.between(700, 1_900), draw: random.uint32(), cancelsAt };
  });
}

async function recorded(
  visitors: readonly Visitor[],
  until: number,
  snapshotEveryEntries?: number,
): Promise<RecordedShard> {
  const shard = new RecordedShard(rules, snapshotEveryEntries);
  await shard.live(visitors, until);
  assert.deepEqual(shard.problems, []);
  return shard;
}

type Match = Parameters<MatchListener>[0];

const byTeams = (matches: readonly Match[]) =>
  new Map(
    matches.map(({ mode, at, teams }) => [
      `${mode} ${JSON.stringify(teams.flat().sort((a, b) => a - b))}`,
      at,
    ]),
  );

for (const seed of [1, 2, 3, 4, 5]) {
  test(`[V11] a real shard's log under its own rules gives its own matches, seed ${seed}`, async () => {
    const visitors = visitorsOf(seed, 150);
    const shard = await recorded(visitors, (visitors.at(-1)?.at ?? 0) + 100_000);
    const { arrivals, happened, matches } = await readRecording(shard.stores);
    assert.equal(arrivals.length, visitors.length);
    const formed: Match[] = [];
    runArrivals({ rules, arrivals, endsAt: happened.durationMs, onMatch: (match) => formed.push(match) });
    const [then, again] = [byTeams(matches), byTeams(formed)];
    assert.ok(then.size > 30, `${then.size} matches`);
    assert.deepEqual([...again.keys()].sort(), [...then.keys()].sort());
    for (const [teams, at] of again) assert.ok(Math.abs(at - (then.get(teams) ?? 0)) <= 60, teams);
  });
}

test("[V12] [V13] what was taken back leaves in the replay, what was matched waits as long as the rules let it", async () => {
  const visitor = { mode: "duel", draw: 0, cancelsAt: null };
  const shard = await recorded(
    [
      { ...visitor, at: 10_000, rating: 1_000 },
      { ...visitor, at: 11_000, rating: 1_050 },
      { ...visitor, at: 20_000, rating: 1_500, cancelsAt: 32_000 },
      { ...visitor, at: 50_000, rating: 1_800 },
    ],
    160_000,
  );
  const strict = defineRules({
    modes: [
      duel({
        maxWaitMs: 30_000,
        search: { ...duelSearch, widening: { kind: "steps", steps: [{ afterMs: 0, gap: 10 }] } },
      }),
    ],
  });
  const { before, after } = await replayLog({ stores: shard.stores, rules: strict, withFrontier: false });
  const ends = (run: typeof after | null) => run?.modes.find(({ mode }) => mode === "duel")?.ends;
  const none = { elsewhere: 0, waiting: 0, refused: 0 };
  assert.deepEqual(ends(before), { ...none, matched: 2, left: 1, timed_out: 1 });
  assert.deepEqual(ends(after), { ...none, matched: 0, left: 1, timed_out: 3 });
  const happened = before?.modes.find(({ mode }) => mode === "duel");
  assert.equal(happened?.matches, 1);
  assert.equal(happened?.ratingGap.max, 50);
  assert.ok((happened?.waitSecs.max ?? 0) >= 1 && (happened?.waitSecs.max ?? 0) < 1.2);
});

test("[V14] a trimmed log is completed by the archive, or read from its oldest snapshot on", async () => {
  const visitors = visitorsOf(9, 300);
  const until = (visitors.at(-1)?.at ?? 0) + 100_000;
  const whole = await readRecording((await recorded(visitors, until)).stores);
  assert.equal(whole.arrivals.length, 300);
  const { log, archive } = (await recorded(visitors, until, 400)).stores;
  await assert.rejects(log.read({ from: 1, limit: 1 }), { code: "TRIMMED" });

  const archived = await readRecording({ log, archive });
  assert.deepEqual(archived.happened.modes, whole.happened.modes);
  const leaving = ({ arrivals }: typeof whole) => arrivals.map(({ at, leavesAt }) => leavesAt - at);
  assert.deepEqual(leaving(archived), leaving(whole));
  assert.deepEqual(
    archived.matches.map(({ teams }) => teams),
    whole.matches.map(({ teams }) => teams),
  );

  const rest = await readRecording({ log, archive: null });
  assert.ok(rest.arrivals.length >= 10 && rest.arrivals.length < 300, `${rest.arrivals.length} arrivals`);
  const players = ({ arrivals }: typeof rest) => arrivals.map((arrival) => arrival.players);
  assert.deepEqual(players(rest), players(whole).slice(-rest.arrivals.length));
});

test("[V14] nobody waits while no node is up", async () => {
  const archive = new MemoryArchiveStore().connect();
  const startMs = 1_700_000_000_000;
  const hourMs = 3_600_000;
  const queued = {
    type: "ticket.queued",
    ticket: "ticket_1",
    players: ["player_1"],
    standings: [{ mode: "duel", tier: null, rating: 1_200, memberRatings: null }],
    draw: 0,
    wishes: noWishes,
  };
  const ended = { type: "ticket.ended", ticket: "ticket_1", players: ["player_1"], reason: "cancelled" };
  const events = [
    [{ type: "node.up" }, startMs],
    [queued, startMs + 5_000],
    [{ type: "node.up" }, startMs + hourMs],
    [ended, startMs + hourMs + 1_000],
  ] as const;
  const rows = events.map(([event, at], place) => ({
    position: place + 1,
    index: 0,
    type: event.type,
    matchId: null,
    playerId: null,
    at,
    payload: JSON.stringify(event),
  }));
  await archive.commit({ cursor: 4, events: rows, rows: [] });
  const { arrivals, happened } = await readArchive(archive);
  assert.deepEqual([arrivals[0]?.at, arrivals[0]?.leavesAt, happened.durationMs], [5_000, 8_000, 8_000]);
});
