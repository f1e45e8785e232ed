import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEntry, type Command, createState, kernelLimits, type PlayerId } from "../../src/index.ts";
import { accept, matched } from "./duels.ts";
import { changedRules, testRules } from "./modes.ts";
import { expectEvent, find, Shard, typesOf } from "./shard.ts";

test("[K2] an entry that is not the next is an error and changes nothing", () => {
  const shard = Shard.started();
  const { position } = shard.state;
  for (const wrong of [position, position + 2, 0, Number.NaN]) {
    const entry = {
      position: wrong,
      at: shard.at,
      node: shard.node,
      command: { type: "node.alive" },
    } as const;
    assert.throws(() => applyEntry(shard.state, entry), /does not follow/);
  }
  assert.equal(shard.state.position, position);
  shard.apply({ type: "node.alive" });
});

test("[K2] an entry without a time is an error and changes nothing", () => {
  const shard = Shard.started();
  const position = shard.state.position + 1;
  for (const at of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const entry = { position, at, node: shard.node, command: { type: "node.alive" } } as const;
    assert.throws(() => applyEntry(shard.state, entry), /no time/);
  }
  shard.wait(1_000);
  assert.ok(Number.isFinite(shard.state.time));
});

test("[K8] shard time starts at 0 and moves as the log's clock moves", () => {
  const state = createState();
  const entry = { node: "alpha/1", command: { type: "node.alive" } } as const;
  applyEntry(state, { ...entry, position: 1, at: 5_000 });
  assert.equal(state.time, 0);
  applyEntry(state, { ...entry, position: 2, at: 5_700 });
  applyEntry(state, { ...entry, position: 3, at: 7_000 });
  assert.equal(state.time, 2_000);
});

test("[K8] one entry moves shard time by 2 s at most, or by what the rules say", () => {
  const step = (shard: Shard, ms: number) => {
    const { time } = shard.state;
    shard.at += ms;
    shard.apply({ type: "node.alive" });
    return shard.state.time - time;
  };
  assert.equal(step(Shard.started(), 2_000), 2_000);
  assert.equal(step(Shard.started(), 86_400_000), 2_000);
  assert.equal(step(Shard.started({ ...testRules, maxStepMs: 500 }), 86_400_000), 500);
  assert.equal(step(Shard.started({ ...testRules, maxStepMs: null }), 86_400_000), 86_400_000);
});

test("[K9] a clock that goes back moves nothing, and time goes on from the highest stamp", () => {
  const shard = Shard.started();
  const { time, at } = shard.state;
  shard.at -= 60_000;
  shard.apply({ type: "node.alive" });
  assert.deepEqual([shard.state.time, shard.state.at], [time, at]);
  shard.at = at + 10;
  shard.apply({ type: "node.alive" });
  assert.equal(shard.state.time, time + 10);
});

test("[K10] an outage of any length expires nothing that had more than one step left", () => {
  const duel = matched();
  const { shard, match } = duel;
  const waiting = shard.enqueue(shard.connect("cyd"), "arena");
  shard.wait(12_999);
  shard.at += 7 * 86_400_000;
  assert.deepEqual(
    typesOf(shard.apply({ type: "node.alive" })).filter((type) => type !== "node.heard"),
    [],
  );
  assert.equal(shard.stateOf(match), "MATCHED");
  assert.equal(shard.ticket(waiting).state, "waiting");
  accept(duel, duel.ada);
  assert.ok(find(accept(duel, duel.bob), "match.preparing"));
});

test("[K11] a deadline has come at its very millisecond, before the entry's own command", () => {
  const { shard, match, ada } = matched();
  shard.wait(14_999);
  shard.at += 1;
  const events = shard.apply({ type: "match.accept", match, player: ada });
  assert.deepEqual(typesOf(events).slice(-2), ["match.cancelled", "refused"]);
});

test("[K12] deadlines fire in the order of time, then of id", () => {
  const shard = Shard.started({ ...testRules, maxStepMs: null });
  for (const [name, ticket] of [
    ["ada", "ticket_z"],
    ["bob", "ticket_b"],
    ["cyd", "ticket_a"],
  ] as const) {
    shard.enqueue(shard.connect(name), "arena", { ticket });
    if (name === "ada") shard.wait(5);
  }
  shard.at += 1_000_000;
  const events = shard.apply({ type: "node.alive" });
  const ended = events.flatMap((event) => (event.type === "ticket.ended" ? [event.ticket] : []));
  assert.deepEqual(ended, ["ticket_z", "ticket_a", "ticket_b"]);
});

/** A shard in which more deadlines are due than one entry fires, those of ada and bob the last. */
function backlog() {
  const shard = Shard.started({ ...changedRules({}), maxStepMs: null });
  const at = () => ({ position: shard.state.position + 1, at: shard.at, node: shard.node });
  for (let index = 0; index < kernelLimits.deadlinesPerEntry + 10; index += 1) {
    const player: PlayerId = `player_${index}`;
    applyEntry(shard.state, {
      ...at(),
      command: { type: "player.connected", player, node: shard.node, guest: false },
    });
    const epoch = shard.state.position;
    applyEntry(shard.state, { ...at(), command: { type: "player.disconnected", player, epoch } });
  }
  shard.apply({ type: "archive.progress", cursor: shard.state.position });
  shard.wait(590_000);
  return shard;
}

test("[K13] one entry fires at most 10,000 deadlines, the rest fire with the next", () => {
  const shard = backlog();
  shard.at += 60_000;
  assert.equal(shard.apply({ type: "node.alive" }).length, 10_000);
  assert.deepEqual(
    typesOf(shard.apply({ type: "node.alive" })),
    Array.from({ length: 11 }, () => "player.evicted"),
  );
});

test("[K5] a command that cannot be read is refused in a backlog too", () => {
  const shard = backlog();
  shard.at += 60_000;
  const events = shard.apply({
    type: "matcher.propose",
    term: shard.state.term,
    teams: null,
  } as unknown as Command);
  assert.equal(expectEvent(events, "refused").code, "STALE_RULES");
  assert.equal(events.length, 10_001);
});

test("[K14] in a backlog a command's own subjects still come first", () => {
  for (const command of [
    "ticket.cancel",
    "player.connected",
    "player.disconnected",
    "propose",
    "decline",
    "escrow",
  ]) {
    const shard = backlog();
    const duel = matched(command === "escrow" ? "duel" : "arena", shard);
    const { match, ada, tickets } = duel;
    const { epoch } = shard.player(ada);
    if (command === "escrow") {
      accept(duel, ada);
      accept(duel, duel.bob);
    } else if (command !== "decline") shard.apply({ type: "match.decline", match, player: duel.bob });
    const cyd = shard.enqueue(shard.connect("cyd"), "arena");
    const proposal = shard.proposeCommand([[tickets[0]], [cyd]], "arena");
    if (command === "player.connected") shard.disconnect(ada);
    shard.at += 3_600_000;
    const events = shard.apply(
      {
        "ticket.cancel": { type: "ticket.cancel", player: ada } as const,
        "player.connected": {
          type: "player.connected",
          player: ada,
          node: shard.node,
          guest: false,
        } as const,
        "player.disconnected": { type: "player.disconnected", player: ada, epoch } as const,
        propose: proposal,
        decline: { type: "match.decline", match, player: ada } as const,
        escrow: { type: "effect.done", key: `escrow:${match}`, txHash: null } as const,
      }[command] as Parameters<Shard["apply"]>[0],
    );
    const own = events.filter(({ type }) => type !== "player.evicted" && type !== "node.heard");
    const first = own[0];
    assert.ok(["ticket.ended", "match.cancelled"].includes(first.type), `${command}: ${typesOf(own)}`);
  }
});

test("[K3] an entry is the clock, the deadlines due, the command, and what matches then do by themselves", () => {
  const { shard, ada } = matched();
  shard.wait(14_999);
  const tickets = ["cyd", "dan"].map((name) => shard.enqueue(shard.connect(name), "quick"));
  shard.at += 1;
  const events = shard.apply(shard.proposeCommand([[tickets[0]], [tickets[1]]], "quick"));
  assert.deepEqual(
    typesOf(events).filter((type) => type !== "node.heard"),
    ["match.cancelled", "match.created", "match.preparing", "match.ready", "match.started"],
  );
  assert.equal(shard.player(ada).match, null);
  assert.equal(expectEvent(events, "match.started").startedAt, shard.state.time);
});
