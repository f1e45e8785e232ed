import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type MatchState, moves } from "../../src/index.ts";
import { assertMove } from "../../src/kernel/moves.ts";

const states = Object.keys(moves) as MatchState[];

/** The specification's table, written down a second time on purpose. */
const allowed = new Set([
  "FORMING → PREPARING",
  "FORMING → CANCELLED",
  "MATCHED → PREPARING",
  "MATCHED → CANCELLED",
  "PREPARING → READY",
  "PREPARING → CANCELLED",
  "READY → ACTIVE",
  "READY → CANCELLED",
  "ACTIVE → RESOLVED",
  "ACTIVE → VOIDED",
  "RESOLVED → SETTLED",
  "RESOLVED → VOIDED",
]);

for (const from of states) {
  for (const to of states) {
    const move = `${from} → ${to}`;
    test(`[M1] ${move} is ${allowed.has(move) ? "a move" : "forbidden"}`, () => {
      if (allowed.has(move)) assert.doesNotThrow(() => assertMove(from, to));
      else assert.throws(() => assertMove(from, to), /cannot move/);
    });
  }
}

test("[M1] there are no other states", () => {
  assert.equal(states.length, 9);
  assert.equal(states.flatMap((from) => moves[from]).length, allowed.size);
});

test("[M1] the diagram of the specification shows these moves", () => {
  const text = readFileSync(new URL("../../../../docs/spec/match.md", import.meta.url), "utf8");
  const drawn = [...text.matchAll(/^ {4}([A-Z]+) --> ([A-Z]+)/gm)].map(([, from, to]) => `${from} → ${to}`);
  assert.deepEqual(drawn.sort(), [...allowed].sort());
});
