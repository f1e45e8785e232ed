import { active, resolved } from "../duels.ts";
import { type Corruption, cyd, first, set, ticketOfCyd, waiting } from "./corruption.ts";

/** Players, tickets and matches that do not know each other: invariants 1 and 2. */
export const corruptedBindings: Readonly<Record<string, Corruption>> = {
  "1: a player with a ticket and a match": {
    from: waiting,
    corrupt: ({ shard, ada }) => set(shard.player(ada), { ticket: "ticket_cyd" }),
    complaint: /^1: player_ada has a ticket and a match/,
  },
  "1: a player who points to a ticket of others": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.player(shard.connect("dan")), { ticket: "ticket_cyd" }),
    complaint: /^1: player_dan points to ticket_cyd/,
  },
  "1: a player who points to a ticket that was matched": {
    from: waiting,
    corrupt: ({ shard, tickets, ada }) => set(shard.player(ada), { ticket: tickets[0], match: null }),
    complaint: /^1: player_ada points to ticket_1, which does not wait/,
  },
  "1: a player who points to a match of others": {
    from: waiting,
    corrupt: ({ shard, match }) => set(shard.player(shard.connect("dan")), { match }),
    complaint: /^1: player_dan points to match_3/,
  },
  "1: a player who was not released by the result": {
    from: () => resolved(),
    corrupt: ({ shard, ada, match }) => set(shard.player(ada), { match }),
    complaint: /^1: player_ada points to match_3, which is over/,
  },
  "1: a waiting ticket whose player does not know": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.player(cyd), { ticket: null }),
    complaint: /^1: player_cyd does not point to ticket_cyd/,
  },
  "1: a live match whose player does not know": {
    from: waiting,
    corrupt: ({ shard, bob }) => set(shard.player(bob), { match: null }),
    complaint: /^1: player_bob does not point to match_3/,
  },
  "1: a match that names a player twice": {
    from: waiting,
    corrupt: (duel) => set(first(duel), { id: duel.bob }),
    complaint: /^1: match_3 names a player twice/,
  },
  "1: a match whose player was forgotten": {
    from: waiting,
    corrupt: ({ shard, bob }) => void shard.state.players.delete(bob),
    complaint: /^1: player_bob of match_3 is forgotten/,
  },
  "1: a player connected to a node that is gone": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.player(cyd), { node: "gone/1" }),
    complaint: /^1: player_cyd is connected to a node that is gone/,
  },
  "1: a player connected at an entry to come": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.player(cyd), { epoch: 1_000 }),
    complaint: /^1: player_cyd is connected since 1000/,
  },
  "2: a waiting ticket outside its pool": {
    from: waiting,
    corrupt: (duel) => {
      const [standing] = ticketOfCyd(duel).standings;
      duel.shard.state.pools.get("arena")!.index.remove(standing);
    },
    complaint: /^2: ticket_cyd waits outside its pool arena/,
  },
  "2: a matched ticket that still waits": {
    from: waiting,
    corrupt: ({ shard, tickets }) => {
      const [standing] = shard.ticket(tickets[0]).standings;
      shard.state.pools.get("duel:bronze")!.index.add(standing);
    },
    complaint: /^2: ticket_1 is matched and still waits/,
  },
  "2: a matched ticket with a deadline": {
    from: waiting,
    corrupt: ({ shard, tickets }) => shard.state.deadlines.set(shard.ticket(tickets[0]), 1_000_000),
    complaint: /^2: ticket_1 is matched and still has a deadline/,
  },
  "2: a ticket matched to nothing": {
    from: waiting,
    corrupt: ({ shard, match }) => set(shard.match(match), { tickets: [] }),
    complaint: /^2: ticket_1 is matched to nothing/,
  },
  "2: a ticket in two matches": {
    from: waiting,
    corrupt: ({ shard, match }) => {
      const copy = { ...shard.match(match), id: "match_9" as const, heapIndex: -1 };
      shard.state.matches.set(copy.id, copy);
    },
    complaint: /^2: ticket_1 is in two matches/,
  },
  "2: a ticket that waits and is in a match": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[0]), { state: "waiting" }),
    complaint: /^2: ticket_1 waits and is in a match/,
  },
  "2: a match with a ticket that has ended": {
    from: waiting,
    corrupt: ({ shard, tickets }) => void shard.state.tickets.delete(tickets[1]),
    complaint: /^2: match_3 holds ticket_2, which has ended/,
  },
  "2: a ticket that outlives the start": {
    from: () => active(waiting()),
    corrupt: (duel) => set(duel.shard.match(duel.match), { tickets: [ticketOfCyd(duel)] }),
    complaint: /^2: tickets of match_3 outlive its start/,
  },
};
