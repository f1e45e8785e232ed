import type { PlayerId } from "../../ids.ts";
import type { Party } from "../model.ts";
import type { State } from "../state.ts";

/** What invites players: a party or a crew. */
interface Inviting extends Pick<Party, "invitations" | "sizeMax"> {
  readonly members: readonly PlayerId[];
}

/**
 * Why somebody cannot be invited; null when they can. Invitations count as members, so that whoever takes one up finds a
 * place; while one holds there is no second, which would only call its player again.
 */
export function invitationProblem(
  state: State,
  { members, invitations, sizeMax }: Inviting,
  invited: PlayerId,
): "PLAYER_NOT_FOUND" | "invalid" | "full" | null {
  if (!state.players.has(invited)) return "PLAYER_NOT_FOUND";
  const open = invitations.filter(({ until }) => until > state.time);
  if (members.includes(invited) || open.some(({ player }) => player === invited)) return "invalid";
  return members.length + open.length >= sizeMax ? "full" : null;
}
