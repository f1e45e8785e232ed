import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEntry, type Command, type KernelEvent, kernelLimits, stateHash } from "../../src/index.ts";
import { accept, matched } from "./duels.ts";
import { expectEvent, find, refusal, Shard, typesOf } from "./shard.ts";

/** Commands that no gateway of ours writes: their fields are of the wrong kind. */
const poison: Record<string, unknown> = {
  "an enqueue without members": { type: "ticket.enqueue", player: "player_ada" },
  "an enqueue without pools": {
    type: "ticket.enqueue",
    player: "player_ada",
    members: ["player_ada"],
    party: null,
    draw: 0,
  },
  "a proposal whose teams are none": { type: "matcher.propose", teams: null },
  "rules that are none": { type: "rules.configure", rules: null },
  "a request that is none": { type: "ticket.cancel", player: "player_ada", origin: null },
  "a begin without text": { type: "match.begin", match: "match_1" },
};

for (const [what, value] of Object.entries(poison)) {
  test(`[K5] ${what} is refused alike on every replica and stops nothing`, () => {
    const shard = Shard.started();
    shard.connect("ada");
    const twin = shard.copy();
    const events = shard.apply(value as Command);
    assert.equal(["INTERNAL_ERROR", "MATCH_NOT_FOUND", "STALE_TERM"].includes(refusal(events) ?? ""), true);
    assert.deepEqual(applyEntry(twin, shard.entries.at(-1)!), events);
    assert.equal(stateHash(twin), stateHash(shard.state));
    assert.ok(shard.enqueue("player_ada", "arena"));
  });
}

test("[K5] what made decide throw is recorded as a violation", () => {
  const shard = Shard.started();
  const events = shard.apply({ type: "rules.configure", rules: null } as unknown as Command);
  assert.deepEqual(typesOf(events), ["refused", "violation"]);
  const { code, detail } = expectEvent(events, "violation");
  assert.equal(code, "DECIDE_THREW");
  assert.match(detail, /^rules\.configure at 5: /);
  assert.equal(refusal(events), "INTERNAL_ERROR");
});

test("[K5] a command of an unknown type is such an entry", () => {
  const shard = Shard.started();
  const events = shard.apply({ type: "player.teleport" } as unknown as Command);
  assert.equal(refusal(events), "INTERNAL_ERROR");
});

/** Lets seconds pass in a shard that was broken by hand. */
function waitUnchecked(shard: Shard, seconds: number): KernelEvent[] {
  const events: KernelEvent[] = [];
  for (let second = 0; second < seconds; second += 1) {
    shard.at += 1_000;
    const entry = { position: shard.state.position + 1, at: shard.at, node: shard.node } as const;
    events.push(...applyEntry(shard.state, { ...entry, command: { type: "node.alive" } }));
  }
  return events;
}

test("[K6] a deadline that cannot be judged is put off a minute; the others fire", () => {
  const duel = matched("arena");
  const { shard, match } = duel;
  const waiting = shard.enqueue(shard.connect("cyd"), "arena");
  shard.disconnect("player_cyd");
  Object.assign(shard.match(match), { players: null });
  const events = waitUnchecked(shard, 15);
  const violations = events.flatMap((event) => (event.type === "violation" ? [event.code] : []));
  assert.deepEqual(violations, ["EXPIRE_THREW"]);
  assert.equal(shard.match(match).deadline, shard.state.time + kernelLimits.brokenDeadlineRetryMs);
  assert.equal(shard.state.tickets.has(waiting), false);
});

test("[K7] a match whose next move cannot be judged stays where it is, with a violation", () => {
  const duel = matched("arena");
  const { shard, match } = duel;
  accept(duel, duel.ada);
  const { rules } = shard.state;
  const kept = rules.get(1)!;
  rules.set(1, { ...kept, modes: [] });
  const entry = { position: shard.state.position + 1, at: shard.at, node: shard.node } as const;
  const events = applyEntry(shard.state, {
    ...entry,
    command: { type: "match.accept", match, player: duel.bob },
  });
  assert.deepEqual(typesOf(events), ["match.accepted", "violation"]);
  assert.equal(expectEvent(events, "violation").code, "ADVANCE_THREW");
  assert.equal(shard.stateOf(match), "MATCHED");
  rules.set(1, kept);
  assert.ok(find(waitUnchecked(shard, 15), "match.cancelled"));
});
