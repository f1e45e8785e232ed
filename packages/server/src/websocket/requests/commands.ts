import type { Command, MatchId } from "@matchforge/core";
import type { ClientMessage, ErrorCode } from "@matchforge/protocol";
import type { GatewayDeps } from "../ports.ts";
import type { Session } from "../session.ts";
import { enqueueCommand } from "./enqueue-command.ts";
import { partyCommand } from "./party-command.ts";
import { requestOrigin } from "./request-origin.ts";

/** A message that becomes a command of the log. */
export type CommandMessage = Exclude<ClientMessage, { readonly type: "auth" | "pong" | "game.progress" }>;

type PlayerCommand = Extract<Command, { readonly origin?: unknown }>;

/** The command a message asks for, or the code of the reason why there is none. */
export function commandFor(
  deps: GatewayDeps,
  session: Session,
  message: CommandMessage,
): PlayerCommand | ErrorCode {
  const { player, records, instance: client } = session;
  const origin = requestOrigin({ client, ...message });
  switch (message.type) {
    case "queue.enter":
      return enqueueCommand(
        { state: deps.node.state, ids: deps.ids, dice: deps.dice },
        { player, records, origin, data: message.data },
      );
    case "queue.leave":
      return { type: "ticket.cancel", player, origin };
    case "match.ready": {
      const match = message.data.match_id as MatchId;
      const type = message.data.response === "accept" ? "match.accept" : "match.decline";
      return { type, match, player, origin };
    }
    case "match.abandon":
      return { type: "match.abandon", match: message.data.match_id as MatchId, player, origin };
    case "match.loaded":
      return { type: "match.loaded", match: message.data.match_id as MatchId, player, origin };
    case "match.ticket":
      return { type: "match.admit", match: message.data.match_id as MatchId, player, origin };
    default:
      return partyCommand(deps.ids, { player, origin }, message);
  }
}
