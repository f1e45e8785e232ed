import type { MatchPlayer, PlayerId } from "../../../src/index.ts";
import { type Duel, matched } from "../duels.ts";

export interface Corruption {
  readonly from: () => Duel;
  readonly corrupt: (duel: Duel) => void;
  readonly complaint: RegExp;
}

/** A duel, and a third player's ticket that waits in the arena. */
export function waiting(): Duel {
  const duel = matched();
  duel.shard.enqueue(duel.shard.connect("cyd"), "arena", { ticket: "ticket_cyd" });
  return duel;
}

export const cyd: PlayerId = "player_cyd";
export const ticketOfCyd = ({ shard }: Duel) => shard.ticket("ticket_cyd");
export const first = ({ shard, match }: Duel): MatchPlayer => shard.match(match).players[0];
export const set = (target: object, change: object) => void Object.assign(target, change);
export const phase = ({ shard, match }: Duel) => shard.match(match).phase;
