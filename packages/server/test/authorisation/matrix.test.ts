import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { actions } from "./actions.ts";
import { actorNames } from "./actors.ts";
import { matrixPage, matrixPath } from "./matrix-page.ts";
import { type Cell, walk } from "./walk.ts";

let cells: readonly Cell[];
before(async () => {
  cells = await walk();
});

/** Cells as a failure shows them. */
function shown(some: readonly Cell[]): readonly string[] {
  return some.map(
    ({ actor, action, situation, outcome }) => `${actor}, ${action.name}, ${situation}: ${outcome}`,
  );
}

/** The lines of a page, each with the heading it stands under. */
function linesOf(page: string): readonly string[] {
  let heading = "";
  return page.split("\n").map((line) => {
    if (line.startsWith("## ")) heading = line;
    return `${heading}: ${line}`;
  });
}

test("[AZ2] whoever asks for whatever, in whichever situation, is answered as the committed table says", () => {
  const [found, committed] = [linesOf(matrixPage(cells)), linesOf(readFileSync(matrixPath, "utf8"))];
  const differing = {
    committed: committed.filter((line) => !found.includes(line)),
    found: found.filter((line) => !committed.includes(line)),
  };
  assert.deepEqual(differing, { committed: [], found: [] });
  assert.deepEqual(found, committed);
});

test("[AZ2] every route and message has been asked for, by everybody and in each of its situations", () => {
  const wanted = actions.flatMap(({ name, situations }) =>
    situations.flatMap((situation) => actorNames.map((actor) => `${name} ${situation} ${actor}`)),
  );
  const walked = cells.map(({ action, situation, actor }) => `${action.name} ${situation} ${actor}`);
  assert.deepEqual(walked.toSorted(), wanted.toSorted());
  for (const { name, situations } of actions) assert.ok(situations.length > 0, name);
});

test("[AZ2] each is let in for somebody, somewhere", () => {
  const refusedByRole = /^(NOT_AUTHENTICATED|FORBIDDEN|INVALID_TOKEN|TOKEN_EXPIRED)$/;
  for (const [name, group] of Map.groupBy(cells, ({ action }) => action.name))
    assert.ok(
      group.some(({ outcome }) => !refusedByRole.test(outcome)),
      name,
    );
  for (const code of [
    "INTERNAL_ERROR",
    "STORE_UNAVAILABLE",
    "RATE_LIMITED",
    "UNKNOWN_FIELD",
    "MISSING_FIELD",
  ])
    assert.deepEqual(shown(cells.filter(({ outcome }) => outcome === code)), []);
});

test("[AZ3] what is refused has changed nothing", () => {
  assert.deepEqual(shown(cells.filter(({ isRefused, hasChanged }) => isRefused && hasChanged)), []);
  assert.ok(cells.some(({ hasChanged }) => hasChanged));
});

test("[AZ4] a match, a ticket and a server are changed by whose they are, and by operators on their own listener", () => {
  const owners = [
    [/matches\/:id|^match\.|^game\./, ["owner", "other", "credential"]],
    [/tickets\/:id/, ["owner"]],
    [/servers\/:id/, ["server"]],
  ] as const;
  for (const [pattern, allowed] of owners) {
    const changing = cells.filter(({ action, hasChanged }) => hasChanged && pattern.test(action.name));
    const isAllowed = ({ actor, action }: Cell) =>
      action.name.includes("/admin/") ? actor === "admin" : allowed.some((name) => name === actor);
    assert.ok(changing.length > 0);
    assert.deepEqual(shown(changing.filter((cell) => !isAllowed(cell))), []);
  }
});

test("[AZ5] somebody else's ticket or server is answered as one that does not exist", () => {
  const kept = [
    [/^\w+ \/api\/v1\/tickets\/:id/, ["owner"]],
    [/^\w+ \/api\/v1\/servers\/:id/, ["server"]],
  ] as const;
  for (const [pattern, knowing] of kept) {
    const others = cells.filter(
      ({ action, actor }) => pattern.test(action.name) && !knowing.some((name) => name === actor),
    );
    assert.ok(others.length > 0);
    const byAsker = Map.groupBy(others, ({ action, actor }) => `${action.name} ${actor}`);
    for (const group of byAsker.values())
      assert.equal(new Set(group.map(({ outcome }) => outcome)).size, 1, shown(group).join("\n"));
  }
});

test("[AZ6] who shows what is no session gets what is open to all, or nothing", () => {
  const strange = ["match ticket", "expired", "forged"];
  const isOpen = ({ action, situation, outcome }: Cell) =>
    cells.some(
      (cell) =>
        cell.actor === "nobody" &&
        cell.action === action &&
        cell.situation === situation &&
        cell.outcome === outcome,
    );
  const admitted = cells.filter(({ actor, isRefused }) => strange.includes(actor) && !isRefused);
  assert.deepEqual(shown(admitted.filter((cell) => !isOpen(cell) || cell.hasChanged)), []);
});
