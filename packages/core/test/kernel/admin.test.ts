import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AdminAct,
  type AdminRequest,
  defineMode,
  defineRules,
  type KernelEvent,
  kernelLimits,
  supportedLevels,
} from "../../src/index.ts";
import { accept, active, matched } from "./duels.ts";
import { testRules } from "./modes.ts";
import { expectEvent, refusal, Shard, typesOf } from "./shard.ts";

const others = (id: string) => defineRules({ ...testRules, modes: [...testRules.modes, defineMode({ id })] });

function adminShard(): Shard {
  const shard = Shard.started();
  shard.apply({ type: "kernel.level", term: shard.state.term, level: 3 });
  return shard;
}

function act(request: AdminRequest, reason = "because"): AdminAct {
  return { type: "admin.act", actor: "player_root", reason, request };
}

/** The audit's line of an attempt: it comes first. */
function lineOf([first]: readonly KernelEvent[]) {
  assert.ok(first?.type === "admin.acted", first?.type);
  return first;
}

test("[AD1] the first event of an operator's command says who did what to what, why, and with what outcome", () => {
  const shard = adminShard();
  const ticket = shard.enqueue(shard.connect("ada"), "arena");
  const events = shard.apply(act({ type: "ticket.withdraw", ticket }, "asked by phone"));
  assert.deepEqual(lineOf(events), {
    type: "admin.acted",
    actor: "player_root",
    action: "ticket.withdraw",
    object: ticket,
    detail: null,
    reason: "asked by phone",
    outcome: "done",
  });
  assert.deepEqual(typesOf(events), ["admin.acted", "ticket.ended"]);
});

test("[AD2] an attempt that is refused stands in the audit with its code, and changes nothing", () => {
  const requests: readonly [AdminRequest, string][] = [
    [{ type: "rules.configure", rules: defineRules({ modes: [] }) }, "done"],
    [{ type: "rules.configure", rules: {} as never }, "INTERNAL_ERROR"],
    [
      { type: "rules.configure", rules: defineRules({ modes: [defineMode({ id: "x", matcher: "none" })] }) },
      "INVALID_CONFIGURATION",
    ],
    [{ type: "rules.rollback", version: 99 }, "RULES_NOT_FOUND"],
    [{ type: "match.close", match: "match_none" }, "MATCH_NOT_FOUND"],
    [{ type: "player.pardon", player: "player_none", mode: null }, "PLAYER_NOT_FOUND"],
    [{ type: "player.pardon", player: "player_ada", mode: "none" }, "QUEUE_NOT_FOUND"],
    [{ type: "ticket.withdraw", ticket: "ticket_none" }, "TICKET_NOT_WAITING"],
    [{ type: "node.drain", node: "none/1" }, "NODE_NOT_FOUND"],
  ];
  const shard = adminShard();
  shard.connect("ada");
  for (const [request, outcome] of requests) {
    const before = shard.copy();
    const events = shard.apply(act(request));
    assert.equal(lineOf(events).outcome, outcome);
    if (outcome === "done") continue;
    assert.equal(refusal(events), outcome);
    const { rulesVersion, rulesBy, players } = shard.state;
    assert.deepEqual([rulesVersion, rulesBy, players.size], [before.rulesVersion, before.rulesBy, 1]);
  }
});

test("[AD2] what cannot even be judged is told as a violation as well", () => {
  const events = adminShard().apply(act({ type: "rules.configure", rules: {} as never }));
  assert.deepEqual(typesOf(events), ["admin.acted", "refused", "violation"]);
});

test("[AD3] below its kernel level, and without a reason of 1 to 256 characters, nothing is done", () => {
  const request = { type: "announce", text: "hello", severity: "info" } as const;
  Shard.started().refuses(act(request), "LEVEL_NOT_SUPPORTED");
  const shard = adminShard();
  shard.refuses(act(request, ""), "INVALID_CONFIGURATION");
  shard.refuses(act(request, "x".repeat(kernelLimits.reasonLengthMax + 1)), "INVALID_CONFIGURATION");
  assert.equal(lineOf(shard.apply(act(request, "x".repeat(256)))).outcome, "done");
});

test("[AD3] what a database would not take is refused before it stands in the audit", () => {
  const shard = adminShard();
  const announce = (text: string) => act({ type: "announce", text, severity: "info" });
  const texts = ["", "x".repeat(1_025), "a\u0000b", "line\nline", "half \ud800"];
  for (const text of texts) shard.refuses(announce(text), "INVALID_CONFIGURATION");
  for (const reason of texts.slice(2))
    shard.refuses(act({ type: "rules.adopt" }, reason), "INVALID_CONFIGURATION");
  shard.refuses(act({ type: "match.close", match: "match_\u0000" }), "INVALID_CONFIGURATION");
  assert.equal(lineOf(shard.apply(announce("Grüße 👋"))).outcome, "done");
});

test("[AD4] a match in play that an operator closes is void, and the stakes are back", () => {
  const duel = active(matched("duel", adminShard()));
  const { shard, match, ada, bob } = duel;
  const events = shard.apply(act({ type: "match.close", match }, "the host burned"));
  assert.equal(expectEvent(events, "match.voided").reason, "closed: the host burned");
  assert.equal(shard.state.matches.has(match), false);
  const { deposits } = shard.state.books;
  assert.equal(shard.player(ada).available + shard.player(bob).available, deposits);
});

test("[AD4] before play it is cancelled, its tickets end, and nobody is blamed", () => {
  const { shard, match, ada } = matched("duel", adminShard());
  const cancelled = expectEvent(shard.apply(act({ type: "match.close", match })), "match.cancelled");
  assert.deepEqual(
    [cancelled.reason, cancelled.offenders, cancelled.fates.map(({ ended }) => ended)],
    ["closed", [], ["closed", "closed"]],
  );
  assert.deepEqual([shard.player(ada).ticket, shard.player(ada).offences], [null, []]);
});

test("[AD5] a pardon forgets a player's cooldowns, in one mode or in all", () => {
  const duel = matched("duel", adminShard());
  const { shard, ada } = duel;
  accept(duel, duel.bob);
  shard.apply({ type: "match.decline", match: duel.match, player: ada });
  const before = shard.player(ada).offences;
  assert.equal(before.length, 1);
  shard.apply(act({ type: "player.pardon", player: ada, mode: "arena" }));
  assert.deepEqual(shard.player(ada).offences, before);
  const line = lineOf(shard.apply(act({ type: "player.pardon", player: ada, mode: "duel" })));
  assert.deepEqual([line.object, line.detail, shard.player(ada).offences], [ada, "duel", []]);
});

test("[AD6] a waiting ticket is withdrawn with the reason closed; a matched one is not", () => {
  const shard = adminShard();
  const ticket = shard.enqueue(shard.connect("cid"), "arena");
  const ended = expectEvent(shard.apply(act({ type: "ticket.withdraw", ticket })), "ticket.ended");
  assert.deepEqual([ended.reason, shard.state.tickets.has(ticket)], ["closed", false]);
  const duel = matched("duel", shard);
  const events = shard.apply(act({ type: "ticket.withdraw", ticket: duel.tickets[0] }));
  assert.equal(refusal(events), "TICKET_NOT_WAITING");
});

test("[AD7] an operator's rules hold against those a node brings along, also after a snapshot", () => {
  const shard = adminShard();
  const events = shard.apply(act({ type: "rules.configure", rules: others("extra") }));
  assert.equal(expectEvent(events, "rules.configured").by, "player_root");
  shard.restart();
  shard.refuses({ type: "rules.configure", rules: testRules }, "INVALID_STATE");
  assert.equal(shard.state.rules.get(2)?.modes.at(-1)?.id, "extra");
});

test("[AD8] one of the versions that are kept comes into force again under a new number", () => {
  const shard = adminShard();
  for (const id of ["one", "two"]) shard.apply(act({ type: "rules.configure", rules: others(id) }));
  const line = lineOf(shard.apply(act({ type: "rules.rollback", version: 2 })));
  assert.deepEqual([line.detail, shard.state.rulesVersion], ["version 4 is version 2", 4]);
  assert.deepEqual(shard.state.rules.get(4), shard.state.rules.get(2));
  assert.equal(refusal(shard.apply(act({ type: "rules.rollback", version: 4 }))), "RULES_NOT_FOUND");
});

test("[AD8] the newest versions are kept to be rolled back to, and no more", () => {
  const shard = adminShard();
  for (let version = 2; version <= 20; version += 1)
    shard.apply(act({ type: "rules.configure", rules: others(`mode${version}`) }));
  const kept = Array.from({ length: kernelLimits.rulesKept + 1 }, (_, index) => 12 + index);
  assert.deepEqual([...shard.state.rules.keys()], kept);
});

test("[AD9] once the operator hands over, the nodes' rules decide again", () => {
  const shard = adminShard();
  assert.equal(refusal(shard.apply(act({ type: "rules.adopt" }))), "INVALID_STATE");
  shard.apply(act({ type: "rules.configure", rules: others("extra") }));
  shard.apply(act({ type: "rules.adopt" }));
  shard.apply({ type: "rules.configure", rules: testRules });
  assert.deepEqual([shard.state.rulesVersion, shard.state.rulesBy], [3, undefined]);
});

test("[AD10] an announcement is an event with the text and an id of its own", () => {
  const shard = adminShard();
  const announce = { type: "announce", text: "Maintenance at ten.", severity: "warning" } as const;
  const ids = [1, 2].map(() => expectEvent(shard.apply(act(announce)), "announced"));
  assert.deepEqual([ids[0]?.text, ids[0]?.severity], [announce.text, "warning"]);
  assert.notEqual(ids[0]?.id, ids[1]?.id);
});

test("[AD23] a shard whose replicas disagree makes no match until an operator says so, also after a snapshot", () => {
  const shard = adminShard();
  const beta = "beta/1";
  shard.apply({ type: "node.up", levels: supportedLevels }, beta);
  assert.equal(refusal(shard.apply(act({ type: "shard.resume" }))), "INVALID_STATE");
  const said = { type: "node.hash", of: "events", position: 1_000, replayed: true } as const;
  shard.apply({ ...said, hash: "aa" });
  const events = shard.apply({ ...said, hash: "bb" }, beta);
  assert.deepEqual(typesOf(events), ["node.hashed", "violation", "shard.halted"]);
  assert.deepEqual(typesOf(shard.apply({ ...said, hash: "bb" }, beta)), ["node.hashed", "violation"]);
  shard.restart();
  const teams = ["ada", "bob"].map((name) => [shard.enqueue(shard.connect(name), "arena")]);
  shard.wait(1_000);
  shard.refuses(shard.proposeCommand(teams, "arena"), "INVALID_STATE");
  assert.equal(lineOf(shard.apply(act({ type: "shard.resume" }))).object, "shard");
  shard.propose(teams, "arena");
});

test("[AD11] a node that is up is asked to drain; one that drains is not asked again", () => {
  const shard = adminShard();
  const drain = act({ type: "node.drain", node: shard.node });
  assert.equal(expectEvent(shard.apply(drain), "node.drain_asked").node, shard.node);
  shard.apply({ type: "node.draining" });
  assert.equal(refusal(shard.apply(drain)), "INVALID_STATE");
});
