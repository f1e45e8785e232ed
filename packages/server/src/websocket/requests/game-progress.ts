import { type MatchId, matchPlayerOf } from "@matchforge/core";
import type { ClientMessages, ErrorCode } from "@matchforge/protocol";
import type { GatewayDeps } from "../ports.ts";
import type { Session } from "../session.ts";
import { TypingPlay } from "../typing/typing-play.ts";

type Progress = ClientMessages["game.progress"];

/** Takes the keys of a `game.progress` and acknowledges them. */
export async function takeProgress(
  deps: GatewayDeps,
  session: Session,
  { id, data }: { id: string; data: Progress },
): Promise<void> {
  const { connection } = session;
  const play = playOf(deps, session, data.match_id as MatchId);
  if (typeof play === "string") return connection.refuse(play, id);
  const outcome = await play.type({ from: data.from, keys: data.typed });
  if (outcome.ok) return connection.send("game.ack", { match_id: data.match_id, upto: outcome.upto }, id);
  const retry = outcome.retryAfterMs === undefined ? {} : { retryAfterMs: outcome.retryAfterMs };
  connection.refuse(outcome.code, id, retry);
}

/** The player's run in a match, begun or taken up again where the log has it. */
export function playOf(deps: GatewayDeps, session: Session, id: MatchId): TypingPlay | ErrorCode {
  const { node, relay, clock } = deps;
  const match = node.state.matches.get(id);
  if (match === undefined) return "MATCH_NOT_FOUND";
  const own = matchPlayerOf(match, session.player);
  if (own === undefined) return "PLAYER_NOT_IN_MATCH";
  if (own.forfeited) return "GRACE_PERIOD_EXPIRED";
  if (match.phase.state !== "ACTIVE" || match.phase.text === null) return "INVALID_STATE";
  if (node.state.players.get(session.player)?.epoch !== session.epoch) return "STALE_EPOCH";
  if (session.typing?.matchId === id) return session.typing;
  session.typing?.end();
  session.typing = new TypingPlay({
    match,
    own,
    epoch: session.epoch,
    clock,
    relay,
    shardTime: () => node.shardTime(),
    submit: (command) => node.submit(command),
  });
  return session.typing;
}
