import { active, resolved } from "../duels.ts";
import { type Corruption, phase, set, ticketOfCyd, waiting } from "./corruption.ts";

/** Money that does not add up: invariant 5. */
export const corruptedMoney: Readonly<Record<string, Corruption>> = {
  "5: a player with less than nothing": {
    from: waiting,
    corrupt: ({ shard, ada }) => set(shard.player(ada), { available: -1n }),
    complaint: /^5: player_ada has -1/,
  },
  "5: money from nowhere": {
    from: waiting,
    corrupt: ({ shard, ada }) => set(shard.player(ada), { available: 951n }),
    complaint: /^5: deposits 2000, held 2001/,
  },
  "5: a lock that vanishes": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[0]), { stake: 0n }),
    complaint: /^5: deposits 2000, held 1950/,
  },
  "5: a ticket that locks less than its match's stake": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[0]), { stake: 49n }),
    complaint: /^5: a ticket of match_3 locks less/,
  },
  "5: a lock below zero": {
    from: waiting,
    corrupt: (duel) => set(ticketOfCyd(duel), { stake: -5n }),
    complaint: /^5: ticket_cyd locks -5/,
  },
  "5: a pot that is not whole": {
    from: () => active(),
    corrupt: ({ shard, match }) => set(shard.match(match), { pot: 99n }),
    complaint: /^5: the pot of match_3 is 99/,
  },
  "5: books below zero": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.state.books, { burned: -1n }),
    complaint: /^5: the books go below zero/,
  },
  "5: a result that promises more than the pot": {
    from: () => resolved(),
    corrupt: (duel) => {
      const { state, ...rest } = phase(duel) as Extract<ReturnType<typeof phase>, { state: "RESOLVED" }>;
      const players = rest.result.players.map((player) => ({ ...player, payout: player.payout + 1n }));
      set(duel.shard.match(duel.match), { phase: { ...rest, state, result: { ...rest.result, players } } });
    },
    complaint: /^5: match_3 promises 102 of a pot of 100/,
  },
  "5: a result that takes from a player": {
    from: () => resolved(),
    corrupt: (duel) => {
      const { state, ...rest } = phase(duel) as Extract<ReturnType<typeof phase>, { state: "RESOLVED" }>;
      const players = rest.result.players.map((player, index) => ({
        ...player,
        payout: index === 0 ? 100n : -10n,
      }));
      set(duel.shard.match(duel.match), { phase: { ...rest, state, result: { ...rest.result, players } } });
    },
    complaint: /^5: match_3 takes from player_bob/,
  },
};
