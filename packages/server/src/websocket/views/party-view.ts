import type { Party, PlayerId, State } from "@matchforge/core";
import type { ServerMessages } from "@matchforge/protocol";

/** The party a player is in. */
export function partyOf(state: State, player: PlayerId): Party | undefined {
  const id = state.players.get(player)?.party;
  return id ? state.parties.get(id) : undefined;
}

/** A party as its members see it. What each of them measured is for the matcher alone. */
export function partyViewOf(party: Party, at: number): ServerMessages["party.update"] {
  return {
    party_id: party.id,
    leader: party.leader,
    size_max: party.sizeMax,
    members: party.members.map(({ player, ready, roles }) => ({
      player_id: player,
      ready,
      roles: [...roles],
    })),
    invited: party.invitations.filter(({ until }) => until > at).map(({ player }) => player),
  };
}

/** An invitation as the invited player sees it. */
export function invitationOf(
  invitation: { readonly party: string; readonly from: string; readonly until: number },
  at: number,
): ServerMessages["party.invitation"] {
  const { party, from, until } = invitation;
  return {
    party_id: party,
    from,
    expires_in_secs: Math.max(0, Math.ceil((until - at) / 1_000)),
  };
}
