import assert from "node:assert/strict";
import { type KernelEvent, type MatchId, type PlayerId, poolKeyOf, type TicketId } from "../../src/index.ts";
import { duelSalt, duelText, Shard } from "./shard.ts";

/** A game of two players who stand in the same pool, and how to bring it to any state. */
export interface Duel {
  readonly shard: Shard;
  readonly ada: PlayerId;
  readonly bob: PlayerId;
  readonly tickets: readonly [TicketId, TicketId];
  readonly match: MatchId;
}

/** Two players in a fresh match. */
export function matched(mode = "duel", shard: Shard = Shard.started()): Duel {
  const ada = shard.connect("ada");
  const bob = shard.connect("bob");
  const tickets = [shard.enqueue(ada, mode), shard.enqueue(bob, mode)] as const;
  shard.wait(2_000);
  const pool = poolKeyOf(mode, shard.ticket(tickets[0]).standings[0].stake > 0n ? "bronze" : null);
  const match = shard.propose([[tickets[0]], [tickets[1]]], pool);
  return { shard, ada, bob, tickets, match };
}

export function accept({ shard, match }: Duel, player: PlayerId): KernelEvent[] {
  return shard.apply({ type: "match.accept", match, player });
}

/** Both have accepted: PREPARING, with the escrow outstanding in a duel. */
export function preparing(duel: Duel = matched()): Duel {
  accept(duel, duel.ada);
  accept(duel, duel.bob);
  return duel;
}

export function ready(duel: Duel = matched()): Duel {
  preparing(duel);
  if (duel.shard.stateOf(duel.match) === "PREPARING") done(duel, "escrow");
  return duel;
}

export function done({ shard, match }: Duel, effect: string): KernelEvent[] {
  return shard.apply({ type: "effect.done", key: `${effect}:${match}`, txHash: null });
}

/** The countdown is over; a duel waits for its text. */
export function counted(duel: Duel = matched()): Duel {
  ready(duel);
  duel.shard.wait(5_000);
  return duel;
}

export function active(duel: Duel = matched()): Duel {
  counted(duel);
  begin(duel);
  assert.equal(duel.shard.stateOf(duel.match), "ACTIVE");
  return duel;
}

export function begin({ shard, match }: Duel): KernelEvent[] {
  if (shard.stateOf(match) !== "READY") return [];
  return shard.apply({ type: "match.begin", match, text: duelText, salt: duelSalt });
}

/** What somebody has typed who made no mistake. */
export function flawless(position: number): {
  position: number;
  wrong: 0;
  keys: number;
  backspaces: 0;
  errors: 0;
} {
  return { position, wrong: 0, keys: position, backspaces: 0, errors: 0 };
}

export function finish({ shard, match }: Duel, player: PlayerId): KernelEvent[] {
  const { epoch } = shard.player(player);
  return shard.apply({ type: "match.finish", match, player, epoch, typed: flawless(duelText.length) });
}

export function checkpoint(
  duel: Duel,
  player: PlayerId,
  typed: ReturnType<typeof typedOf>,
  final = false,
): KernelEvent[] {
  const { shard, match } = duel;
  return shard.apply({
    type: "match.checkpoint",
    match,
    player,
    epoch: shard.player(player).epoch,
    typed,
    final,
  });
}

export function typedOf(
  change: Partial<Record<"position" | "wrong" | "keys" | "backspaces" | "errors", number>>,
) {
  return { position: 0, wrong: 0, keys: 0, backspaces: 0, errors: 0, ...change };
}

export function resolved(duel: Duel = matched()): Duel {
  active(duel);
  duel.shard.wait(1_000);
  finish(duel, duel.ada);
  return duel;
}
