import type { Player, State } from "@matchforge/core";
import type { Random } from "../time/random.ts";
import { crewRequest } from "./crew-request.ts";
import { enqueueRequest } from "./enqueue-request.ts";
import { partyRequest } from "./party-request.ts";
import type { PlayerTraits } from "./player-traits.ts";
import type { Request } from "./request.ts";

/** Members of a crew keep themselves free for it: so much of the time. */
const idleForCrew = 0.6;

/** What a player outside of any match asks for next; undefined: nothing now. */
export function nextRequest(options: {
  readonly state: State;
  readonly me: Readonly<Player>;
  readonly traits: PlayerTraits;
  readonly random: Random;
  /** A name nobody else uses. */
  readonly name: string;
  /** The world wants no more matches. */
  readonly isDone: boolean;
}): Request | undefined {
  const { state, me, traits, random, isDone } = options;
  if (me.ticket !== null) return whileWaiting(options);
  if (isDone) return undefined;
  const together = partyRequest(options) ?? crewRequest(options);
  if (together !== undefined) return together;
  if (state.crewOf.has(me.id) && random.chance(idleForCrew)) return undefined;
  return random.chance(1_000 / traits.thinkMs) ? enqueueRequest(options) : undefined;
}

/** Somebody who waits may give up, or leave those they wait with. */
function whileWaiting({ state, me, traits, random }: Parameters<typeof nextRequest>[0]): Request | undefined {
  const player = me.id;
  if (random.chance(traits.cancelChance)) return { type: "ticket.cancel", player };
  if (me.party === null || !random.chance(traits.cancelChance)) return undefined;
  const party = state.parties.get(me.party);
  const others = party?.members.filter((member) => member.player !== player) ?? [];
  if (party?.leader !== player || others.length === 0)
    return { type: "party.leave", party: me.party, player };
  return { type: "party.kick", party: me.party, player, member: random.pick(others).player };
}
