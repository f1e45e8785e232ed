import type { Command, PartyId, PlayerId } from "@matchforge/core";
import { type ClientMessage, partySizeDefault } from "@matchforge/protocol";
import type { GatewayDeps } from "../ports.ts";
import { latenciesIn } from "./wishes-in.ts";

/** A message about a party. */
export type PartyMessage = Extract<ClientMessage, { readonly type: `party.${string}` }>;

type PartyCommand = Extract<Command, { readonly type: `party.${string}` }>;

/** What tells the shard of a request: who asks, and which request it is. */
interface Asked {
  readonly player: PlayerId;
  readonly origin: NonNullable<PartyCommand["origin"]>;
}

/** The command a message about a party asks for. */
export function partyCommand(ids: GatewayDeps["ids"], asked: Asked, message: PartyMessage): PartyCommand {
  if (message.type === "party.create") {
    const { size_max: sizeMax = partySizeDefault } = message.data;
    return { type: message.type, party: ids.next("party"), sizeMax, ...asked };
  }
  const request = { party: message.data.party_id as PartyId, ...asked };
  switch (message.type) {
    case "party.invite":
      return { type: message.type, invited: message.data.player_id as PlayerId, ...request };
    case "party.kick":
    case "party.promote":
      return { type: message.type, member: message.data.player_id as PlayerId, ...request };
    case "party.ready": {
      const { ready, roles, latencies } = message.data;
      return {
        type: message.type,
        ready,
        ...(roles !== undefined && { roles }),
        ...(latencies !== undefined && { latencies: latenciesIn(latencies) }),
        ...request,
      };
    }
    case "party.join":
    case "party.leave":
    case "party.disband":
      return { type: message.type, ...request };
  }
}
