import type { ReadEvent } from "../match-facts.ts";
import type { Told } from "./told.ts";

/** The life of a loading session, of modes whose clients load: from its beginning until all is prepared, or nothing comes of it. */
export function sessionMessages({ event, facts }: ReadEvent): Told[] {
  if (facts?.isLoaded !== true || !("match" in event) || event.match === null) return [];
  const channel = `events:session:${event.match}`;
  const session = { session_id: event.match, game_type: facts.mode };
  const tell = (type: string, data: Told["data"] = {}): Told[] => [
    { channel, type, data: { ...session, ...data } },
  ];
  switch (event.type) {
    case "match.preparing":
      return tell("loading_session_created", { players: facts.players.map(({ player }) => player) });
    case "match.loaded":
      return tell("player_ready", { player_id: event.player, ready: event.loaded, total: event.total });
    case "match.allocating":
      return tell("server_requested", { attempt: event.attempt });
    case "match.allocated":
      return tell("server_assigned");
    case "match.ready":
      return tell("loading_session_completed");
    case "match.cancelled":
      return tell("loading_session_cancelled", { reason: event.reason });
    default:
      return [];
  }
}
