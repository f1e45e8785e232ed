import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry, KernelEvent } from "@matchforge/core";
import { createState, noWishes, type TicketQueued } from "@matchforge/core";
import { MemoryArchiveStore } from "@matchforge/stores";
import { ArchiveAudit } from "../src/audit/archive-audit.ts";
import { checkBlame } from "../src/audit/check-blame.ts";
import { checkMoney } from "../src/audit/check-money.ts";
import { checkNodes } from "../src/audit/check-nodes.ts";
import { checkRequests } from "../src/audit/check-requests.ts";
import { checkTerritories } from "../src/audit/check-territories.ts";
import { Chronicle, type KnownTicket } from "../src/audit/chronicle.ts";
import { refusalOf } from "../src/audit/may-meet.ts";
import { worldRules } from "../src/world/world-rules.ts";
import { told } from "./told-check.ts";
import { Watched } from "./watched.ts";

test("[X11] shard time takes no step longer than two seconds, and none back", async () => {
  const watched = new Watched();
  await watched.begin();
  const { state } = watched.auditor;
  const before = state.time;
  watched.nowMs += 120_000;
  await watched.append("a/1", { type: "node.alive" });
  assert.equal(state.time - before, 2_000);
  watched.nowMs -= 60_000;
  await watched.append("a/1", { type: "node.alive" });
  assert.equal(state.time - before, 2_000);
  assert.deepEqual(watched.sentences, []);
});

test("[X12] an entry with an effect is a violation when its node, its term or its connection is stale", () => {
  const { sentences, tell } = told(checkNodes);
  tell({ type: "node.up", levels: [1] }, [{ type: "node.up", node: "a/1", levels: [1], address: null }]);
  tell({ type: "node.lead" }, [{ type: "node.led", node: "a/1", term: 2 }]);
  assert.equal(sentences.length, 0);
  tell({ type: "ticket.cancel", player: "player_ada" }, [{ type: "ticket.ended" }], "b/1");
  tell({ type: "epoch.open", term: 1, number: 1, hash: "" }, [{ type: "epoch.opened" }]);
  tell({ type: "player.disconnected", player: "player_ada", epoch: 7 }, [{ type: "nothing" }]);
  tell({ type: "node.lead" }, [{ type: "node.led", node: "a/1", term: 6 }]);
  assert.deepEqual(
    sentences.map((sentence) => sentence.replace(/,? but .*/, "")),
    [
      "12: ticket.cancel of b/1 has an effect",
      "12: epoch.open of a/1 has an effect",
      "12: player.disconnected of a/1 has an effect",
      "nodes: a/1 leads although a/1 speaks",
    ],
  );
});

test("[X16] a request that takes effect a second time is a violation, and so is one that is wrongly called repeated", () => {
  const { sentences, tell } = told(checkRequests);
  const origin = { key: "ada/1", bodyHash: 1 };
  const cancel = { type: "ticket.cancel", player: "player_ada", origin } as const;
  const repeated = { type: "refused", code: "REPEATED", command: "ticket.cancel" };
  tell(cancel, [repeated]);
  tell(cancel, [{ type: "ticket.ended", origin }]);
  tell(cancel, [repeated]);
  tell(cancel, [{ type: "ticket.ended", origin }]);
  assert.deepEqual(sentences, [
    "requests: ada/1 (ticket.cancel) is called repeated and never was carried out",
    "requests: ada/1 (ticket.cancel) is carried out twice",
  ]);
});

function waiting(name: string, rating: number, wishes = noWishes): KnownTicket {
  const standing = { pool: "duel:low", mode: "duel", rating };
  const queued = { ticket: `ticket_${name}`, players: [`player_${name}`], standings: [standing], wishes };
  return {
    queued: queued as unknown as TicketQueued,
    queuedAt: 0,
    place: "waiting",
    waitsSince: 0,
    aloneSince: null,
  };
}

test("[X17] the rules of who may meet are read a second time", () => {
  const mode = worldRules().modes.find(({ id }) => id === "duel");
  assert.ok(mode !== undefined);
  const meet = (left: KnownTicket, right: KnownTicket, time: number, at?: number) =>
    refusalOf(left, right, {
      pool: "duel:low",
      mode,
      time,
      met: (player) => (at === undefined || player !== "player_ada" ? [] : [{ opponent: "player_bob", at }]),
    });
  const ada = waiting("ada", 1_200);
  assert.equal(meet(ada, waiting("bob", 1_290), 0), null);
  assert.match(meet(ada, waiting("bob", 1_350), 0) ?? "", /too wide/);
  assert.equal(meet(ada, waiting("bob", 1_350), 16_000), null);
  const picky = waiting("bob", 1_200, { ...noWishes, opponentMin: 1_300 });
  assert.match(meet(ada, picky, 0) ?? "", /wants other ratings/);
  assert.equal(meet(ada, picky, 61_000), null);
  const blocking = waiting("bob", 1_200, { ...noWishes, blocked: ["player_ada"] });
  assert.match(meet(ada, blocking, 61_000) ?? "", /has blocked/);
  assert.match(meet(ada, waiting("bob", 1_200), 10_000, 5_000) ?? "", /just met/);
});

const cancelled = {
  type: "match.cancelled",
  match: "match_x",
  mode: "duel",
  reason: "declined",
  undelivered: [],
} as const;

test("[X18] somebody who pays for what others did is a violation, and so is one who does not return", () => {
  const { sentences, tell } = told(checkBlame);
  const players = [
    { player: "player_ada", team: 0, ticket: "ticket_a", stake: 0n },
    { player: "player_bob", team: 1, ticket: "ticket_b", stake: 0n },
  ];
  const proposed = { type: "match.created", match: "match_x", mode: "duel", rulesVersion: 1, players };
  tell({ type: "rules.configure", rules: worldRules() }, [
    { type: "rules.configured", version: 1, rules: worldRules() },
  ]);
  tell({ type: "node.alive" }, [proposed]);
  const fates = [
    { ticket: "ticket_a", players: ["player_ada"], ended: "declined" },
    { ticket: "ticket_b", players: ["player_bob"], ended: "declined" },
  ];
  const offenders = [{ player: "player_bob", cooldownUntil: 3 }];
  tell({ type: "match.decline", match: "match_x", player: "player_ada" }, [
    { ...cancelled, fates, offenders },
  ]);
  assert.deepEqual(sentences, [
    "blame: player_bob pays for match_x (declined)",
    "blame: ticket_b of match_x (declined) ends as declined",
  ]);
});

test("[X18] a payout that nobody promised is a violation", () => {
  const { sentences, tell } = told(checkMoney);
  const players = [{ player: "player_ada", team: 0, ticket: "ticket_a", stake: 5n }];
  tell({ type: "node.alive" }, [{ type: "match.created", match: "match_x", mode: "duel", players }]);
  const payouts = [{ player: "player_ada", amount: 9n }];
  tell({ type: "node.alive" }, [{ type: "match.settled", match: "match_x", payouts, burned: 0n }]);
  assert.deepEqual(sentences, ["5: match_x pays somebody who was not in it"]);
});

test("[X18] ground that is taken from its owner without a siege is a violation", () => {
  const { sentences, tell } = told(checkTerritories);
  const taken = {
    type: "territory.taken",
    match: "match_x",
    mode: "war",
    territory: "north",
    crew: "crew_a",
  };
  tell({ type: "node.alive" }, [{ ...taken, from: "crew_b" }]);
  assert.match(sentences.join(), /north is taken from crew_b, it is null's/);
  assert.match(sentences.join(), /crew_a takes north by match_x, in which it did not fight/);
});

test("[X19] an archive that lacks an event, or has another, is a violation", async () => {
  const audit = new ArchiveAudit();
  const state = createState();
  const entry: Entry = { position: 1, at: 0, node: "a/1", command: { type: "node.alive" } };
  const events = [{ type: "refused" }, { type: "node.led" }] as unknown as KernelEvent[];
  audit.end({ entry, events, state, chronicle: new Chronicle(), timeBefore: 0, atBefore: 0 });
  const judge = async (type: string | null) => {
    const archive = new MemoryArchiveStore().connect();
    const row = { position: 1, index: 1, matchId: null, playerId: null, at: 0, payload: "{}" };
    await archive.commit({ cursor: 1, events: type === null ? [] : [{ ...row, type }], rows: [] });
    const sentences: string[] = [];
    await audit.judge(archive, (sentence) => sentences.push(sentence));
    return sentences;
  };
  assert.deepEqual(await judge("node.led"), []);
  assert.deepEqual(await judge(null), ["archive: at 1 stands nothing, not 1 node.led"]);
  assert.deepEqual(await judge("node.lost"), ["archive: at 1 stands 1 node.lost, not 1 node.led"]);
});
