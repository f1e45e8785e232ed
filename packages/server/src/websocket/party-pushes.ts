import type { Entry, KernelEvent, PartyId, PlayerId } from "@matchforge/core";
import type { PartyEndReason, ServerMessages } from "@matchforge/protocol";
import { PartyInvitations } from "./party-invitations.ts";
import type { GatewayDeps } from "./ports.ts";
import type { Session } from "./session.ts";
import { invitationOf, partyViewOf } from "./views/party-view.ts";

/** Tells this node's players what becomes of their parties, and nobody else. */
export class PartyPushes {
  readonly #node: GatewayDeps["node"];
  readonly #sessionOf: (player: PlayerId) => Session | undefined;
  readonly #invitations: PartyInvitations;

  constructor(options: {
    readonly node: GatewayDeps["node"];
    readonly sessionOf: (player: PlayerId) => Session | undefined;
  }) {
    this.#node = options.node;
    this.#sessionOf = options.sessionOf;
    this.#invitations = new PartyInvitations(() => options.node.state);
  }

  /** One event of an entry that has just been applied. */
  event(entry: Entry, event: KernelEvent): void {
    switch (event.type) {
      case "party.created":
      case "party.joined":
      case "party.promoted":
      case "party.readied":
      case "party.invitations_ended":
        return this.#changed(entry, event.party);
      case "party.invited": {
        const { party, player, until } = event;
        this.#changed(entry, party);
        const from = event.by ?? this.#node.state.parties.get(party)?.leader ?? player;
        const invitation = invitationOf({ party, from, until }, this.#node.shardTime());
        return this.#sessionOf(player)?.push("party.invitation", invitation, entry.position);
      }
      case "party.left":
        this.#ended(entry, event, event.reason);
        return this.#changed(entry, event.party);
      case "party.disbanded":
        this.#invitations.refresh(event.party);
        for (const player of event.players)
          this.#ended(entry, { party: event.party, player }, event.by === undefined ? "gone" : "disbanded");
        return;
      case "ticket.queued":
        // Queueing has used up that the members were ready, and ended the invitations.
        if (event.party !== null) this.#changed(entry, event.party);
        return;
    }
  }

  /** The invitations that wait for a player. */
  invitationsOf(player: PlayerId): ServerMessages["session.sync"]["invitations"] {
    return this.#invitations.of(player, this.#node.shardTime());
  }

  #changed(entry: Entry, id: PartyId): void {
    this.#invitations.refresh(id);
    const party = this.#node.state.parties.get(id);
    if (party === undefined) return;
    const update = partyViewOf(party, this.#node.shardTime());
    for (const { player } of party.members)
      this.#sessionOf(player)?.push("party.update", update, entry.position);
  }

  #ended(
    entry: Entry,
    left: { readonly party: PartyId; readonly player: PlayerId },
    reason: PartyEndReason,
  ): void {
    this.#sessionOf(left.player)?.push("party.ended", { party_id: left.party, reason }, entry.position);
  }
}
