import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { clientMessageDefinitions, routeDefinitions, serverMessageDefinitions } from "../src/schemas.ts";
import { serverMessageErrors } from "../src/validate.ts";

/** Every field of a schema, with the path to it. */
function fieldsOf(
  schema: unknown,
  path = "",
): { readonly path: string; readonly key: string; readonly schema: Record<string, unknown> }[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, anyOf, items } = schema as {
    properties?: Record<string, unknown>;
    anyOf?: unknown[];
    items?: unknown;
  };
  const own = Object.entries(properties ?? {}).flatMap(([key, inner]) => [
    { path: `${path}.${key}`, key, schema: inner as Record<string, unknown> },
    ...fieldsOf(inner, `${path}.${key}`),
  ]);
  const branches = (anyOf ?? []).flatMap((branch, index) => fieldsOf(branch, `${path}|${index}`));
  return [...own, ...branches, ...fieldsOf(items, `${path}[]`)];
}

const moneyFields = new Set(["wager", "prize", "payout", "stake", "balance"]);

test("[P26] money is decimal text everywhere", () => {
  const all = [...serverMessageDefinitions, ...clientMessageDefinitions].flatMap(({ type, data }) =>
    fieldsOf(data, type),
  );
  const routes = routeDefinitions.flatMap(({ path, answer }) => fieldsOf(answer, path));
  let seen = 0;
  for (const { path, key, schema } of [...all, ...routes]) {
    if (!moneyFields.has(key)) continue;
    seen += 1;
    const texts = [schema, ...((schema.anyOf as Record<string, unknown>[] | undefined) ?? [])].filter(
      ({ type }) => type === "string",
    );
    assert.deepEqual(
      texts.map(({ pattern }) => pattern),
      ["^[0-9]{1,78}$"],
      path,
    );
  }
  assert.ok(seen >= 8, `${seen} money fields`);
});

test("[P27] the text and its salt have a place only where they may be told", () => {
  const places = serverMessageDefinitions
    .flatMap(({ type, data }) => fieldsOf(data, type))
    .filter(({ key }) => key === "code_sequence" || key === "code_salt")
    .map(({ path }) => path.replace(/\|\d+/g, ""));
  assert.deepEqual([...new Set(places)].sort(), [
    "game.started.code_salt",
    "game.started.code_sequence",
    "session.sync.match.code_salt",
    "session.sync.match.code_sequence",
  ]);
});

test("[P27] in session.sync only the ACTIVE shape has them", () => {
  const sync = serverMessageDefinitions.find(({ type }) => type === "session.sync");
  const example = structuredClone(sync?.example) as { match: Record<string, unknown> };
  assert.deepEqual(serverMessageErrors({ type: "session.sync", id: "event_1", ts: 1, data: example }), []);
  const { code_sequence, code_salt } = example.match;
  const ready = {
    match_id: "m",
    mode: "code_duel",
    state: "READY",
    opponent: null,
    region: null,
    map: null,
    wager: "0",
    deadline: 1,
    seconds_remaining: 5,
    game_starts_at: 1,
  };
  const send = (match: object) =>
    serverMessageErrors({ type: "session.sync", id: "event_1", ts: 1, data: { ...example, match } });
  assert.deepEqual(send(ready), []);
  assert.notDeepEqual(send({ ...ready, code_sequence, code_salt }), []);
});

test("[P28] the documented commitment is the hash of the documented salt and text", () => {
  const exampleOf = (name: string) =>
    serverMessageDefinitions.find(({ type }) => type === name)?.example as Record<string, string>;
  const { code_salt, code_sequence } = exampleOf("game.started");
  const commitment = createHash("sha256").update(`${code_salt}${code_sequence}`).digest("hex");
  assert.equal(exampleOf("match.countdown").code_commitment, commitment);
});

test("[P29] a field no schema declares is a fault, also in a message of the server", () => {
  for (const { type, example } of serverMessageDefinitions) {
    const message = { type, id: "server_1", ts: 1, data: example };
    assert.deepEqual(serverMessageErrors(message), [], type);
    assert.notDeepEqual(
      serverMessageErrors({ ...message, data: { ...(example as object), hidden: 1 } }),
      [],
      type,
    );
    assert.notDeepEqual(serverMessageErrors({ ...message, extra: 1 }), [], type);
  }
  assert.deepEqual(serverMessageErrors({ type: "nonsense" }), ["/type: no server message has this type"]);
});
