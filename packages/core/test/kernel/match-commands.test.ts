import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, PlayerId } from "../../src/index.ts";
import {
  active,
  begin,
  counted,
  type Duel,
  done,
  duelSalt,
  duelText,
  finish,
  flawless,
  matched,
  preparing,
  ready,
  resolved,
  typesOf,
} from "./shard.ts";

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
  "done escrow": ({ match }) => ({ type: "effect.done", key: `escrow:${match}`, txHash: null }),
  "done begin": ({ match }) => ({ type: "effect.done", key: `begin:${match}`, txHash: null }),
  "done settle": ({ match }) => ({ type: "effect.done", key: `settle:${match}`, txHash: "0xabc" }),
  "failed escrow": ({ match }) => ({ type: "effect.failed", key: `escrow:${match}`, reason: "reverted" }),
  "failed begin": ({ match }) => ({ type: "effect.failed", key: `begin:${match}`, reason: "no text" }),
  "failed settle": ({ match }) => ({ type: "effect.failed", key: `settle:${match}`, reason: "reverted" }),
  "ticket.cancel": (_, player) => ({ type: "ticket.cancel", player }),
  "ticket.enqueue": ({ shard }, player) => shard.enqueueCommand(player, "arena"),
};

/** What each command does in each situation: a refusal's code, or the types of the events. */
const table = `
                   matched         preparing                  ready            beginning        active                          counting                        resolved           settled
match.notified     match.notified  nothing                    nothing          nothing          nothing                         nothing                         nothing            MATCH_NOT_FOUND
match.accept       match.accepted  INVALID_STATE              INVALID_STATE    INVALID_STATE    INVALID_STATE                   INVALID_STATE                   INVALID_STATE      MATCH_NOT_FOUND
match.decline      match.cancelled INVALID_STATE              INVALID_STATE    INVALID_STATE    INVALID_STATE                   INVALID_STATE                   INVALID_STATE      MATCH_NOT_FOUND
match.abandon      match.cancelled match.cancelled            match.cancelled  match.cancelled  match.forfeited,match.resolved  match.forfeited,match.resolved  INVALID_STATE      MATCH_NOT_FOUND
match.begin        INVALID_STATE   INVALID_STATE              INVALID_STATE    match.started    INVALID_STATE                   INVALID_STATE                   INVALID_STATE      MATCH_NOT_FOUND
match.checkpoint   INVALID_STATE   INVALID_STATE              INVALID_STATE    INVALID_STATE    match.checkpointed              match.checkpointed              INVALID_STATE      MATCH_NOT_FOUND
match.finish       INVALID_STATE   INVALID_STATE              INVALID_STATE    INVALID_STATE    match.finished,match.resolved   INVALID_STATE                   INVALID_STATE      MATCH_NOT_FOUND
match.report       INVALID_STATE   INVALID_STATE              INVALID_STATE    INVALID_STATE    INVALID_STATE                   INVALID_STATE                   INVALID_STATE      MATCH_NOT_FOUND
done escrow        EFFECT_NOT_FOUND match.escrowed,match.ready EFFECT_NOT_FOUND EFFECT_NOT_FOUND EFFECT_NOT_FOUND                EFFECT_NOT_FOUND                EFFECT_NOT_FOUND   EFFECT_NOT_FOUND
done begin         EFFECT_NOT_FOUND EFFECT_NOT_FOUND          EFFECT_NOT_FOUND INVALID_STATE    EFFECT_NOT_FOUND                EFFECT_NOT_FOUND                EFFECT_NOT_FOUND   EFFECT_NOT_FOUND
done settle        EFFECT_NOT_FOUND EFFECT_NOT_FOUND          EFFECT_NOT_FOUND EFFECT_NOT_FOUND EFFECT_NOT_FOUND                EFFECT_NOT_FOUND                match.settled      EFFECT_NOT_FOUND
failed escrow      EFFECT_NOT_FOUND match.cancelled           EFFECT_NOT_FOUND EFFECT_NOT_FOUND EFFECT_NOT_FOUND                EFFECT_NOT_FOUND                EFFECT_NOT_FOUND   EFFECT_NOT_FOUND
failed begin       EFFECT_NOT_FOUND EFFECT_NOT_FOUND          EFFECT_NOT_FOUND INVALID_STATE    EFFECT_NOT_FOUND                EFFECT_NOT_FOUND                EFFECT_NOT_FOUND   EFFECT_NOT_FOUND
failed settle      EFFECT_NOT_FOUND EFFECT_NOT_FOUND          EFFECT_NOT_FOUND EFFECT_NOT_FOUND EFFECT_NOT_FOUND                EFFECT_NOT_FOUND                INVALID_STATE      EFFECT_NOT_FOUND
ticket.cancel      INVALID_STATE   INVALID_STATE              INVALID_STATE    INVALID_STATE    INVALID_STATE                   INVALID_STATE                   NOT_IN_QUEUE       NOT_IN_QUEUE
ticket.enqueue     ALREADY_IN_QUEUE ALREADY_IN_QUEUE          ALREADY_IN_QUEUE ALREADY_IN_QUEUE ALREADY_IN_QUEUE                ALREADY_IN_QUEUE                ticket.queued      ticket.queued
`;

const [header, ...rows] = table.trim().split("\n");
const columns = header.trim().split(/\s+/);
for (const row of rows) {
  const name = row.slice(0, 18).trim();
  const outcomes = row.slice(18).trim().split(/\s+/);
  columns.forEach((situation, index) => {
    const outcome = outcomes[index];
    test(`[M2] ${name} when ${situation}: ${outcome}`, () => {
      const duel = situations[situation]();
      const command = commands[name](duel, duel.ada);
      if (/^[A-Z_]+$/.test(outcome)) {
        duel.shard.refuses(command, outcome);
        return;
      }
      const expected = outcome === "nothing" ? [] : outcome.split(",");
      assert.deepEqual(typesOf(duel.shard.apply(command)), expected);
    });
  });
}

test("[M2] the table speaks of every situation and every command", () => {
  assert.deepEqual(columns, Object.keys(situations));
  assert.deepEqual(
    rows.map((row) => row.slice(0, 18).trim()),
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
