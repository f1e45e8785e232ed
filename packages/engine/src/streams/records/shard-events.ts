import type { Telling } from "./outside-event.ts";

/** What happens beside matches. A ticket says how many wait with it, and not who: nobody can lie in wait for somebody. */
export const shardEvents: Telling<
  | "ticket.queued"
  | "ticket.ended"
  | "territory.taken"
  | "territory.freed"
  | "rules.configured"
  | "violation"
  | "announced"
> = {
  "ticket.queued": ({ ticket, players, standings }) => ({
    type: "TicketQueued",
    data: {
      ticket_id: ticket,
      player_count: players.length,
      queues: standings.map(({ mode, tier, territory }) => ({
        game_type: mode,
        stake_tier: tier,
        territory,
      })),
    },
  }),
  "ticket.ended": ({ ticket, players, reason }) => ({
    type: "TicketEnded",
    data: { ticket_id: ticket, player_count: players.length, reason },
  }),
  "territory.taken": ({ match, mode, territory, crew, from }) => ({
    type: "TerritoryTaken",
    data: { match_id: match, game_type: mode, territory, crew_id: crew, from_crew_id: from },
  }),
  "territory.freed": ({ mode, territory, from }) => ({
    type: "TerritoryFreed",
    data: { game_type: mode, territory, from_crew_id: from },
  }),
  "rules.configured": ({ version }) => ({ type: "RulesConfigured", data: { version } }),
  // What exactly went wrong is for the operator's own log.
  violation: ({ code }) => ({ type: "Violation", data: { code } }),
  announced: ({ id, text, severity }) => ({
    type: "Announcement",
    data: { announcement_id: id, text, severity },
  }),
};
