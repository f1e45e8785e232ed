import {
  type Command,
  contentHash,
  currentMode,
  emptyContentHash,
  type MatchId,
  type PartyId,
  type PlayerId,
  type State,
} from "@matchforge/core";
import type { ClientMessage, ErrorCode } from "@matchforge/protocol";
import type { GatewayDeps } from "../ports.ts";
import type { Session } from "../session.ts";
import { partyCommand } from "./party-command.ts";
import { wishesIn } from "./wishes-in.ts";

/** A message that becomes a command of the log. */
export type CommandMessage = Exclude<ClientMessage, { readonly type: "auth" | "pong" | "game.progress" }>;

type EnqueueMessage = Extract<ClientMessage, { readonly type: "queue.enter" }>;
type PlayerCommand = Extract<Command, { readonly origin?: unknown }>;

/** The command a message asks for, or the code of the reason why there is none. */
export function commandFor(
  deps: GatewayDeps,
  session: Session,
  message: CommandMessage,
): PlayerCommand | ErrorCode {
  const origin = originOf(session, message);
  const { player } = session;
  switch (message.type) {
    case "queue.enter":
      return enqueue(deps, session, message);
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
      return loaded(deps.node.state, session, message.data.match_id as MatchId);
    default:
      return partyCommand(deps.ids, { player, origin }, message);
  }
}

/** No mode of these rules waits for its clients to load, so there is nothing to say. */
function loaded(state: State, session: Session, id: MatchId): ErrorCode {
  const match = state.matches.get(id);
  if (match === undefined) return "MATCH_NOT_FOUND";
  return match.players.some((player) => player.id === session.player)
    ? "INVALID_STATE"
    : "PLAYER_NOT_IN_MATCH";
}

function enqueue(deps: GatewayDeps, session: Session, message: EnqueueMessage): PlayerCommand | ErrorCode {
  const { data } = message;
  const { player } = session;
  const { state } = deps.node;
  const members = data.party_id === undefined ? [player] : membersOf(state, player, data.party_id as PartyId);
  if (typeof members === "string") return members;
  const epochs = [...state.secretEpochs.keys()];
  const secretEpoch = epochs.at(-1);
  if (secretEpoch === undefined) return "STORE_UNAVAILABLE";
  const further = (data.modes ?? []).filter((mode) => mode !== data.game_type);
  const ticket = deps.ids.next("ticket");
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
    draw: Number.parseInt(
      deps.dice.draw({ epoch: secretEpoch, purpose: "ticket", id: ticket }).slice(0, 8),
      16,
    ),
    secretEpoch,
    ...(session.records.length > 0 && { records: session.records }),
    origin: originOf(session, message),
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

/** What tells this request from every other of the player's clients, and from another body under the same id. */
function originOf(session: Session, message: CommandMessage) {
  const body = contentHash(emptyContentHash, JSON.stringify([message.type, message.data]));
  return { key: `${session.instance}:${message.id}`, bodyHash: body.high * 0x100000 + (body.low >>> 12) };
}
