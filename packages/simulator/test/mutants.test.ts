import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { root } from "../src/mutants/apply-mutant.ts";
import { mutants } from "../src/mutants/catalogue.ts";
import { inTurn } from "../src/mutants/in-turn.ts";
import { pinned, searchMutant } from "../src/mutants/search-mutant.ts";
import { tryMutant } from "../src/mutants/try-mutant.ts";

/** Each trial is a process; two at once are what a small machine has room for. */
const atOnce = 2;
/** A test ends within two minutes: so many trials each. */
const trialsPerTest = 16;

test("[X22] there are forty mutants and more, each of one place in one file, each with an id of its own", () => {
  assert.ok(mutants.length >= 40);
  assert.equal(new Set(mutants.map(({ id }) => id)).size, mutants.length);
  for (const { id, file, find, replace, breaks } of mutants) {
    const parts = readFileSync(new URL(file, root), "utf8").split(find);
    assert.equal(parts.length - 1, 1, `${id}: "${find}" stands ${parts.length - 1} times in ${file}`);
    assert.notEqual(find, replace, id);
    assert.match(breaks, /^[A-Z].+\.$/, id);
  }
});

for (let first = 0; first < mutants.length; first += trialsPerTest) {
  const chosen = mutants.slice(first, first + trialsPerTest);
  test(`[X23] mutants are noticed: ${chosen[0]?.id} to ${chosen.at(-1)?.id}`, async () => {
    const verdicts = await inTurn(chosen, atOnce, ({ id }) => searchMutant(id));
    const alive = verdicts.filter(({ killedBy }) => killedBy === null);
    assert.deepEqual(alive, []);
  });
}

test("[X23] the product as it is lives through all their worlds", async () => {
  const known = Object.values(pinned).filter((world) => world !== undefined);
  const worlds = new Map(known.map((world) => [JSON.stringify(world), world]));
  const verdicts = await inTurn([...worlds.values()], atOnce, (world) =>
    tryMutant({ mutant: null, ...world }),
  );
  for (const { killedBy, seed, matches, after } of verdicts) {
    assert.equal(killedBy, null, `seed ${seed}, ${matches} matches`);
    assert.ok(after >= matches);
  }
});
