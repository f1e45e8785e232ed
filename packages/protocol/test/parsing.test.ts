import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Value } from "typebox/value";
import { isErrorCode } from "../src/index.ts";
import { clientEnvelope, clientMessageDefinitions } from "../src/schemas.ts";
import { parseClientMessage } from "../src/validate.ts";
import { clientMessageArbitrary, mutate, mutationArbitrary } from "./arbitraries/client-message-arbitrary.ts";

const mutated = fc
  .tuple(clientMessageArbitrary, fc.array(mutationArbitrary, { maxLength: 3 }))
  .map(([message, mutations]) => mutations.reduce<unknown>(mutate, message));

test("[P22] parsing returns for every text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    mutated.map((message) => JSON.stringify(message)),
  );
  fc.assert(
    fc.property(text, (sent) => {
      const parsed = parseClientMessage(sent);
      if (!parsed.ok) assert.ok(isErrorCode(parsed.code) && parsed.message.length > 0);
    }),
    { numRuns: 3_000 },
  );
});

test("[P23] a message is accepted exactly when an interpreter of its schema admits it", () => {
  const schemas = new Map(
    clientMessageDefinitions.map(({ type, data }) => [type as string, clientEnvelope(type, data)]),
  );
  fc.assert(
    fc.property(mutated, (message) => {
      const type = (message as { type?: unknown } | null)?.type;
      const schema = typeof type === "string" ? schemas.get(type) : undefined;
      const admitted = schema !== undefined && Value.Check(schema, message);
      assert.equal(parseClientMessage(JSON.stringify(message)).ok, admitted, JSON.stringify(message));
    }),
    { numRuns: 2_000 },
  );
});

test("[P23] what the definitions admit is accepted", () => {
  fc.assert(
    fc.property(clientMessageArbitrary, (message) => {
      const parsed = parseClientMessage(JSON.stringify(message));
      assert.ok(parsed.ok, JSON.stringify(parsed));
    }),
  );
});

test("[P24] the client messages of the specification are accepted as written", () => {
  const written: [string, object][] = [
    ["auth", { token: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln", address: "0x7a3f..." }],
    [
      "queue.enter",
      {
        game_type: "code_duel",
        stake_tier: "gold",
        preferences: { expand_search: true, min_opponent_rating: null, max_opponent_rating: null },
      },
    ],
    ["queue.leave", {}],
    ["match.ready", { match_id: "match_abc123", response: "accept" }],
    ["pong", {}],
  ];
  for (const [type, data] of written) {
    assert.equal(
      parseClientMessage(JSON.stringify({ type, id: "msg_001", ts: 1706025600000, data })).ok,
      true,
      type,
    );
  }
  const claimed = { match_id: "match_abc123", progress: 0.45, wpm: 87, accuracy: 0.96, current_position: 42 };
  const send = (data: object) =>
    parseClientMessage(JSON.stringify({ type: "game.progress", id: "a", ts: 1, data })).ok;
  assert.equal(send(claimed), false);
  assert.equal(send({ ...claimed, from: 40, typed: "ab" }), true);
});

test("[P25] what a client claims of its own progress is any number or nothing", () => {
  const keys = { match_id: "match_a", from: 0, typed: "a" };
  const claim = fc.record(
    {
      progress: fc.double({ noNaN: true, noDefaultInfinity: true }),
      wpm: fc.integer(),
      accuracy: fc.integer(),
      current_position: fc.integer(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(claim, (claims) => {
      const message = { type: "game.progress", id: "a", ts: 1, data: { ...keys, ...claims } };
      assert.equal(parseClientMessage(JSON.stringify(message)).ok, true);
    }),
  );
});
