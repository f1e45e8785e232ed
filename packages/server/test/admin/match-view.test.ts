import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applyEntry,
  type Command,
  createState,
  defineMode,
  defineRules,
  noQuality,
  sha256Hex,
  supportedLevels,
} from "@matchforge/core";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { Errors } from "typebox/value";
import type { AdminDeps } from "../../src/http/admin/admin-deps.ts";
import { matchView } from "../../src/http/admin/views/match-view.ts";

const node = "one/1";
const players = ["player_ada", "player_bob"] as const;

/** A match whose clients have loaded, and a server that has room for it. */
const history: readonly Command[] = [
  { type: "node.up", levels: supportedLevels },
  { type: "node.lead" },
  {
    type: "rules.configure",
    rules: defineRules({
      modes: [defineMode({ id: "hosted", requires: ["loading", "server"], readyCheckMs: null })],
    }),
  },
  { type: "kernel.level", term: 2, level: 3 },
  { type: "epoch.open", term: 2, number: 1, hash: sha256Hex("secret") },
  {
    type: "server.up",
    server: "server_one",
    allocator: "registry",
    instance: "run",
    offer: { address: "203.0.113.7:7777", region: "eu", capacity: 1, labels: {} },
    isHeard: true,
  },
  ...players.flatMap((player, index): Command[] => [
    { type: "player.connected", player, node, guest: false },
    {
      type: "ticket.enqueue",
      ticket: `ticket_${index}`,
      player,
      members: [player],
      party: null,
      pools: [{ mode: "hosted", tier: null }],
      draw: 0,
      secretEpoch: 1,
    },
  ]),
  {
    type: "matcher.propose",
    term: 2,
    match: "match_one",
    pool: "hosted",
    rulesVersion: 1,
    teams: [["ticket_0"], ["ticket_1"]],
    quality: noQuality,
    secretEpoch: 1,
    commitment: null,
  },
  ...players.map((player): Command => ({ type: "match.loaded", match: "match_one", player })),
];

test("[AD20] operators see which server a match has asked for and got, and nobody's pass to it", () => {
  const state = createState();
  const apply = (command: Command) => {
    const position = state.position + 1;
    return applyEntry(state, { position, at: 1_000 * position, node, command });
  };
  for (const command of history) {
    const refused = apply(command).filter(({ type }) => type === "refused");
    assert.deepEqual(refused, [], command.type);
  }
  const deps = { state: () => state, shardTime: () => state.time, wallClock: () => state.at } as AdminDeps;
  const view = () => {
    const match = state.matches.get("match_one") ?? assert.fail("it lives");
    const shown = matchView(deps, match);
    assert.deepEqual([...Errors(adminRoutes.adminMatch.answer, shown)], []);
    return shown;
  };
  const asked = view();
  assert.deepEqual(
    [asked.pending, asked.server?.is_pending, asked.server?.server_addr],
    [["server"], true, null],
  );
  const [key = ""] = [...state.effects.keys()];
  apply({ type: "server.choose", key, allocator: "registry", isUnsure: false });
  const { server, players: shown } = view();
  assert.deepEqual(server, {
    attempt: 1,
    is_pending: false,
    server_id: "server_one",
    allocator: "registry",
    server_addr: "203.0.113.7:7777",
    region: "eu",
  });
  assert.deepEqual(
    shown.map(({ is_loaded, is_admitted }) => [is_loaded, is_admitted]),
    [
      [true, false],
      [true, false],
    ],
  );
  assert.doesNotMatch(JSON.stringify(view()), /serial|until|ticket_ticket|credential/);
});
