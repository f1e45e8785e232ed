import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type MatchId, type PlayerId, shareOf } from "../../src/index.ts";
import { names } from "./crews.ts";
import { changedRules, raid } from "./modes.ts";
import { expectEvent, Shard } from "./shard.ts";

const fund = 10n ** 24n;

interface Raid {
  readonly shard: Shard;
  readonly match: MatchId;
  readonly sides: readonly (readonly PlayerId[])[];
}

/** Two sides of some sizes, matched for a stake; their escrow is asked for. */
function raidOf({
  sizes,
  stake,
  burnBps = 1_000,
}: {
  sizes: number[];
  stake: bigint;
  burnBps?: number;
}): Raid {
  const change = {
    stakes: [{ tier: "bronze", stake: `${stake}` }],
    burnBps,
    search: { ...raid.search, sideDifferenceMax: 5 },
  };
  const rules = { ...changedRules({ raid: change }), ledger: { faucet: `${fund}`, faucetEveryMs: 1_000 } };
  const shard = Shard.started(rules);
  let next = 0;
  const sides = sizes.map((size) =>
    Array.from({ length: size }, () => {
      next += 1;
      return shard.connect(names[next - 1] as string);
    }),
  );
  const tickets = sides.map((members) => shard.enqueue(members[0] as PlayerId, "raid", { members }));
  const match = shard.propose(
    tickets.map((ticket) => [ticket]),
    "raid:bronze",
  );
  return { shard, match, sides };
}

function put({ shard, sides }: Raid): bigint[][] {
  return sides.map((side) => side.map((id) => held(shard, id)));
}

/** Who stakes nothing has never drunk from the faucet. */
function held(shard: Shard, id: PlayerId): bigint {
  const { faucetAt, available } = shard.player(id);
  return faucetAt === null ? 0n : fund - available;
}

const done = ({ shard, match }: Raid, effect: string) =>
  shard.state.effects.has(`${effect}:${match}`)
    ? shard.apply({ type: "effect.done", key: `${effect}:${match}`, txHash: null })
    : [];

test("[CR13] each player of a side locks an equal share of its stake, rounded down", () => {
  const made = raidOf({ sizes: [3, 7], stake: 600n });
  assert.deepEqual(put(made), [Array(3).fill(200n), Array(7).fill(85n)]);
  done(made, "escrow");
  assert.equal(made.shard.match(made.match).pot, 600n + 595n);
  assert.deepEqual(
    made.shard.match(made.match).players.map(({ stake }) => stake),
    [...Array(3).fill(200n), ...Array(7).fill(85n)],
  );
});

test("[CR13] the share of a stake that is a player's own is the stake", () => {
  assert.equal(shareOf({ stakePer: "player" }, { stake: 600n, players: 7 }), 600n);
  assert.equal(shareOf({ stakePer: "side" }, { stake: 600n, players: 7 }), 85n);
});

test("[CR14] [CR15] whatever the sizes, stakes and outcome, money is kept to the unit", () => {
  const size = fc.integer({ min: 3, max: 8 });
  const outcome = fc.constantFrom("first", "second", "tie", "void", "escrow_failed", "closed");
  const stake = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 10n ** 21n }));
  const burnBps = fc.integer({ min: 0, max: 10_000 });
  const property = fc.property(fc.tuple(size, size), stake, burnBps, outcome, (sizes, amount, burn, how) => {
    const made = raidOf({ sizes, stake: amount, burnBps: burn });
    const { shard, match, sides } = made;
    const before = put(made);
    assert.deepEqual(
      before,
      sizes.map((players) => Array(players).fill(amount / BigInt(players))),
    );
    const pot = before.flat().reduce((sum, one) => sum + one, 0n);
    if (how === "escrow_failed") {
      if (pot > 0n) shard.apply({ type: "effect.failed", key: `escrow:${match}`, reason: "reverted" });
      else shard.apply({ type: "match.close", match, reason: "test" });
    } else done(made, "escrow");
    if (how === "closed" || how === "void") shard.apply({ type: "match.close", match, reason: "test" });
    const ranks = { first: [1, 2], second: [2, 1], tie: [1, 1] }[how as string];
    if (ranks !== undefined) shard.apply({ type: "match.report", match, ranks });
    done(made, "settle");
    for (const ticket of [...shard.state.tickets.values()])
      shard.apply({ type: "ticket.cancel", player: ticket.playerIds[0] as PlayerId });
    assert.equal(shard.state.matches.size, 0);
    const winner = { first: 0, second: 1 }[how as string];
    if (winner === undefined) {
      assert.deepEqual(put(made).flat(), Array(sizes[0] + sizes[1]).fill(0n));
      return;
    }
    const shared = (pot * BigInt(10_000 - burn)) / 10_000n;
    const each = shared / BigInt(sizes[winner] as number);
    for (const [side, players] of sides.entries())
      for (const [place, id] of players.entries()) {
        const gain: bigint = side === winner ? each : 0n;
        assert.equal(held(shard, id), (before[side]?.[place] as bigint) - gain);
      }
    assert.equal(shard.state.books.burned, pot - each * BigInt(sizes[winner] as number));
  });
  fc.assert(property, { numRuns: 60 });
});

test("[CR15] who returns to waiting from a cancelled match locks the share again", () => {
  const made = raidOf({ sizes: [3, 4], stake: 100n });
  const { shard, match, sides } = made;
  shard.apply({ type: "effect.failed", key: `escrow:${match}`, reason: "reverted" });
  assert.deepEqual(put(made), [Array(3).fill(33n), Array(4).fill(25n)]);
  shard.apply({ type: "ticket.cancel", player: sides[0]?.[0] as PlayerId });
  assert.deepEqual(put(made), [Array(3).fill(0n), Array(4).fill(25n)]);
});

test("[CR15] a side whose player is absent gives everybody their own back from the pot", () => {
  const change = { raid: { countdownMs: 5_000 } };
  const shard = Shard.started(changedRules(change));
  const sides = [names.slice(0, 3), names.slice(3, 8)].map((side) => side.map((name) => shard.connect(name)));
  const tickets = sides.map((members) => shard.enqueue(members[0] as PlayerId, "raid", { members }));
  const match = shard.propose([[tickets[0] ?? "ticket_"], [tickets[1] ?? "ticket_"]], "raid:bronze");
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  assert.equal(shard.match(match).pot, 99n + 100n);
  shard.disconnect("player_ada");
  const { fates } = expectEvent(shard.wait(5_000), "match.cancelled");
  assert.deepEqual(
    fates.map(({ ended }) => ended),
    ["absent", null],
  );
  const available = (id: PlayerId) => shard.player(id).available;
  assert.deepEqual(sides.flat().map(available), [...Array(3).fill(1_000n), ...Array(5).fill(980n)]);
});

test("[CR16] a stake of a side needs tickets that are whole sides", () => {
  const refused = (mode: string, stakePer: "side") => {
    const rules = changedRules({ [mode]: { stakePer } });
    Shard.started().refuses({ type: "rules.configure", rules }, "INVALID_CONFIGURATION");
  };
  for (const mode of ["duel", "pairs", "brawl"]) refused(mode, "side");
  refused("raid", "crew" as "side");
});
