import type { MatchId } from "@matchforge/core";
import { assignmentFor } from "../allocation-pushes.ts";
import type { GatewayDeps } from "../ports.ts";
import type { Session } from "../session.ts";
import { partyOf, partyViewOf } from "../views/party-view.ts";
import { queueUpdateOf, queueUpdateText } from "../views/queue-update.ts";
import type { CommandMessage } from "./commands.ts";

/** Replies to a request that was carried out, lately or before, with how things stand for the player. */
export function sendSuccess(deps: GatewayDeps, session: Session, message: CommandMessage): void {
  switch (message.type) {
    case "queue.enter":
      return sendQueueUpdate(deps, session, message.id);
    case "party.create":
      return sendPartyUpdate(deps, session, { id: message.id });
    case "party.invite":
    case "party.join":
    case "party.kick":
    case "party.promote":
    case "party.ready":
      return sendPartyUpdate(deps, session, { id: message.id, party: message.data.party_id });
    case "match.ticket":
      return sendAssignment(deps, session, message);
    default:
      return session.connection.send("ok", {}, message.id);
  }
}

function sendQueueUpdate(deps: GatewayDeps, session: Session, id: string): void {
  const { state } = deps.node;
  const ticketId = state.players.get(session.player)?.ticket;
  const ticket = ticketId ? state.tickets.get(ticketId) : undefined;
  if (ticket !== undefined) {
    const update = queueUpdateOf(state, ticket, deps.node.shardTime());
    session.queueUpdate = { text: queueUpdateText(ticket, update), sentAt: deps.clock.now() };
    return session.connection.send("queue.update", update, id);
  }
  // Matched in the same breath: the ticket waits no longer, `match.found` says the rest.
  const passed = { status: "searching", position: 0, estimated_wait_secs: 0, players_in_tier: 0 } as const;
  session.connection.send("queue.update", passed, id);
}

/** The match may have lost its server, or have ended, since. */
function sendAssignment(
  deps: GatewayDeps,
  session: Session,
  { id, data }: Extract<CommandMessage, { readonly type: "match.ticket" }>,
): void {
  assignmentFor(deps, session.player, data.match_id as MatchId)
    .then((assignment) => {
      if (assignment === null) session.connection.refuse("INVALID_STATE", id);
      else session.connection.send("match.assigned", assignment, id);
    })
    .catch((error: unknown) => {
      deps.logger.error({ error }, "a match ticket could not be signed");
      session.connection.refuse("INTERNAL_ERROR", id);
    });
}

/** Whoever has left the party since is told nothing of it. */
function sendPartyUpdate(
  deps: GatewayDeps,
  { connection, player }: Session,
  request: { readonly id: string; readonly party?: string },
): void {
  const party = partyOf(deps.node.state, player);
  const isThat = request.party === undefined || request.party === party?.id;
  if (party === undefined || !isThat) return connection.refuse("PARTY_NOT_FOUND", request.id);
  connection.send("party.update", partyViewOf(party, deps.node.shardTime()), request.id);
}
