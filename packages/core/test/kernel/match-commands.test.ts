import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Command, PlayerId } from "../../src/index.ts";
import {
  active,
  begin,
  counted,
  type Duel,
  done,
  finish,
  flawless,
  matched,
  preparing,
  ready,
  resolved,
} from "./duels.ts";
import { duelSalt, duelText, typesOf } from "./shard.ts";

/** Brings a fresh duel to each state that a command can meet. */
const situations: Readonly<Record<string, () => Duel>> = {
  matched: () => matched(),
  preparing: () => preparing(),
  ready: () => ready(),
  beginning: () => counted(),
  active: () => afterSecond(active()),
  counting: () => {
    const duel = active();
    duel.shard.wait(60_000);
    return duel;
  },
  resolved: () => resolved(),
  settled: () => {
    const duel = resolved();
    done(duel, "settle");
    return duel;
  },
};

function afterSecond(duel: Duel): Duel {
  duel.shard.wait(1_000);
  return duel;
}

const commands: Readonly<Record<string, (duel: Duel, player: PlayerId) => Command>> = {
  "match.notified": ({ match }, player) => ({ type: "match.notified", match, player }),
  "match.accept": ({ match }, player) => ({ type: "match.accept", match, player }),
  "match.decline": ({ match }, player) => ({ type: "match.decline", match, player }),
  "match.abandon": ({ match }, player) => ({ type: "match.abandon", match, player }),
  "match.begin": ({ match }) => ({ type: "match.begin", match, text: duelText, salt: duelSalt }),
  "match.checkpoint": ({ shard, match }, player) => {
    const { epoch } = shard.player(player);
    return { type: "match.checkpoint", match, player, epoch, typed: flawless(2), final: false };
  },
  "match.finish": ({ shard, match }, player) => {
    const { epoch } = shard.player(player);
    return { type: "match.finish", match, player, epoch, typed: flawless(duelText.length) };
  },
  "match.report": ({ match }) => ({ type: "match.report", match, ranks: [1, 2] }),
  "effect.done, escrow": ({ match }) => ({ type: "effect.done", key: `escrow:${match}`, txHash: null }),
  "effect.done, begin": ({ match }) => ({ type: "effect.done", key: `begin:${match}`, txHash: null }),
  "effect.done, settle": ({ match }) => ({ type: "effect.done", key: `settle:${match}`, txHash: "0xabc" }),
  "effect.failed, escrow": ({ match }) => ({
    type: "effect.failed",
    key: `escrow:${match}`,
    reason: "reverted",
  }),
  "effect.failed, begin": ({ match }) => ({
    type: "effect.failed",
    key: `begin:${match}`,
    reason: "no text",
  }),
  "effect.failed, settle": ({ match }) => ({
    type: "effect.failed",
    key: `settle:${match}`,
    reason: "reverted",
  }),
  "ticket.cancel": (_, player) => ({ type: "ticket.cancel", player }),
  "ticket.enqueue": ({ shard }, player) => shard.enqueueCommand(player, "arena"),
};

/** The specification's table: what each command does in each situation. */
const table = readFileSync(new URL("../../../../docs/spec/match.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.slice(2, -2).split(" | "));
const [[, ...columns], ...rows] = table;

for (const [name, ...outcomes] of rows) {
  columns.forEach((situation, index) => {
    const outcome = outcomes[index];
    test(`[M2] ${name} when ${situation}: ${outcome}`, () => {
      const duel = situations[situation]();
      const command = commands[name](duel, duel.ada);
      const code = /^`([A-Z_]+)`$/.exec(outcome)?.[1];
      if (code !== undefined) return duel.shard.refuses(command, code);
      const events = outcome === "–" ? [] : outcome.split(", ");
      const types = events.map((event) => (event.includes(".") ? event : `match.${event}`));
      assert.deepEqual(typesOf(duel.shard.apply(command)), types);
    });
  });
}

test("[M2] the table speaks of every situation and every command", () => {
  assert.deepEqual(columns, Object.keys(situations));
  assert.deepEqual(
    rows.map(([name]) => name),
    Object.keys(commands),
  );
});

const byPlayers = [
  "match.notified",
  "match.accept",
  "match.decline",
  "match.abandon",
  "match.checkpoint",
  "match.finish",
];
for (const name of byPlayers) {
  for (const situation of columns.slice(0, -1)) {
    test(`[M3] ${name} of a stranger when ${situation} touches nothing`, () => {
      const duel = situations[situation]();
      const eve = duel.shard.connect("eve");
      duel.shard.refuses(commands[name](duel, eve), "PLAYER_NOT_IN_MATCH");
    });
  }
}

test("[M4] the text must be the one committed to", () => {
  const duel = counted();
  const wrong = [
    { text: `${duelText} `, salt: duelSalt },
    { text: duelText, salt: "salt" },
    { text: "", salt: duelSalt + duelText },
    { text: "x".repeat(2_001), salt: duelSalt },
  ];
  for (const opening of wrong) {
    duel.shard.refuses({ type: "match.begin", match: duel.match, ...opening }, "COMMITMENT_MISMATCH");
  }
  assert.deepEqual(typesOf(begin(duel)), ["match.started"]);
});

test("[M5] a finish of one whose match is over changes nothing", () => {
  const duel = resolved();
  const { shard, match, bob } = duel;
  const late = commands["match.finish"](duel, bob);
  shard.refuses(late, "INVALID_STATE");
  assert.equal(shard.stateOf(match), "RESOLVED");
  done(duel, "settle");
  assert.equal(shard.player(bob).records[0].wins, 0);
  assert.deepEqual(typesOf(finish(active(), "player_bob")), ["match.finished", "match.resolved"]);
});
