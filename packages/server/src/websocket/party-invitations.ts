import type { PartyId, PlayerId, State } from "@matchforge/core";
import { type ServerMessages, wireLimits } from "@matchforge/protocol";
import { invitationOf } from "./views/party-view.ts";

/** Which parties a player is invited to: the kernel's state says it the other way round. */
export class PartyInvitations {
  readonly #state: () => State;
  readonly #parties = new Map<PlayerId, Set<PartyId>>();
  readonly #invited = new Map<PartyId, readonly PlayerId[]>();

  constructor(state: () => State) {
    this.#state = state;
    for (const party of state().parties.keys()) this.refresh(party);
  }

  /** After anything happened to a party. */
  refresh(id: PartyId): void {
    for (const player of this.#invited.get(id) ?? []) {
      const parties = this.#parties.get(player);
      parties?.delete(id);
      if (parties?.size === 0) this.#parties.delete(player);
    }
    const invited = (this.#state().parties.get(id)?.invitations ?? []).map(({ player }) => player);
    if (invited.length === 0) this.#invited.delete(id);
    else this.#invited.set(id, invited);
    for (const player of invited) {
      const parties = this.#parties.get(player);
      if (parties === undefined) this.#parties.set(player, new Set([id]));
      else parties.add(id);
    }
  }

  /** The invitations that hold, the newest first. */
  of(player: PlayerId, at: number): ServerMessages["session.sync"]["invitations"] {
    const { parties } = this.#state();
    const holding = [...(this.#parties.get(player) ?? [])].flatMap((id) => {
      const party = parties.get(id);
      const invitation = party?.invitations.find((one) => one.player === player && one.until > at);
      if (party === undefined || invitation === undefined) return [];
      return [{ party: id, from: party.leader, until: invitation.until }];
    });
    return holding
      .sort((left, right) => right.until - left.until)
      .slice(0, wireLimits.invitationsShownMax)
      .map((invitation) => invitationOf(invitation, at));
  }
}
