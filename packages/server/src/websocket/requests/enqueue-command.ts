import {
  currentMode,
  type PartyId,
  type PlayerId,
  type RatingRecord,
  type RequestOrigin,
  type State,
  type TicketEnqueue,
} from "@matchforge/core";
import type { ClientMessages, ErrorCode } from "@matchforge/protocol";
import type { Dice, Ids } from "matchforge";
import { wishesIn } from "./wishes-in.ts";

/** Who wants to play what, by which request. */
export interface EnqueueRequest {
  readonly player: PlayerId;
  /** What the archive remembers of a player the kernel had forgotten. */
  readonly records: readonly RatingRecord[];
  readonly origin: RequestOrigin;
  readonly data: ClientMessages["queue.enter"];
}

/** The command of a wish to play, or the code of the reason why there is none. */
export function enqueueCommand(
  { state, ids, dice }: { readonly state: State; readonly ids: Ids; readonly dice: Dice },
  { player, records, origin, data }: EnqueueRequest,
): TicketEnqueue | ErrorCode {
  const members = data.party_id === undefined ? [player] : membersOf(state, player, data.party_id as PartyId);
  if (typeof members === "string") return members;
  const epochs = [...state.secretEpochs.keys()];
  const secretEpoch = epochs.at(-1);
  if (secretEpoch === undefined) return "STORE_UNAVAILABLE";
  const further = (data.modes ?? []).filter((mode) => mode !== data.game_type);
  const ticket = ids.next("ticket");
  return {
    type: "ticket.enqueue",
    ticket,
    player,
    members,
    party: (data.party_id as PartyId | undefined) ?? null,
    pools: [
      { mode: data.game_type, tier: data.stake_tier ?? null },
      ...[...new Set(further)].map((mode) => ({ mode, tier: tierIn(state, mode, data.stake_tier) })),
    ],
    wishes: wishesIn(data),
    ...(data.custom !== undefined && { custom: JSON.stringify(data.custom) }),
    draw: Number.parseInt(dice.draw({ epoch: secretEpoch, purpose: "ticket", id: ticket }).slice(0, 8), 16),
    secretEpoch,
    ...(records.length > 0 && { records }),
    origin,
  };
}

/** Everybody who queues with a player; the shard judges whether the party may. */
function membersOf(state: State, player: PlayerId, id: PartyId): readonly PlayerId[] | ErrorCode {
  const party = state.parties.get(id);
  if (party === undefined) return "PARTY_NOT_FOUND";
  const members = party.members.map((member) => member.player);
  return members.includes(player) ? members : "INVALID_PARTY_OPERATION";
}

/** Among several modes the tier concerns those that have stakes. */
function tierIn(state: State, mode: string, tier: string | undefined): string | null {
  const staked = (currentMode(state, mode)?.stakes.length ?? 0) > 0;
  return staked ? (tier ?? null) : null;
}
