import { active, counted, type Duel, preparing, resolved } from "../duels.ts";
import { type Corruption, cyd, set, ticketOfCyd, waiting } from "./corruption.ts";

/** Things that nothing would ever move: invariant 3. */
export const corruptedDeadlines: Readonly<Record<string, Corruption>> = {
  "3: a ticket without a deadline": {
    from: waiting,
    corrupt: (duel) => duel.shard.state.deadlines.remove(ticketOfCyd(duel)),
    complaint: /^3: ticket_cyd waits without a deadline/,
  },
  "3: a ticket with a deadline too late": {
    from: waiting,
    corrupt: (duel) => duel.shard.state.deadlines.set(ticketOfCyd(duel), 999_999),
    complaint: /^3: ticket_cyd is due at \d+, not 999999/,
  },
  "3: a ticket whose absent player has no clock": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.player(cyd), { epoch: 0 }),
    complaint: /^3: ticket_cyd is without a player but not timed/,
  },
  "3: a ticket that counts as absent with its player there": {
    from: waiting,
    corrupt: (duel) => set(ticketOfCyd(duel), { absentUntil: 999_999 }),
    complaint: /^3: ticket_cyd is complete but counted as absent/,
  },
  "3: a live match without a deadline": {
    from: waiting,
    corrupt: ({ shard, match }) => shard.state.deadlines.remove(shard.match(match)),
    complaint: /^3: match_3 in MATCHED has no deadline/,
  },
  "3: a live match with a deadline too late": {
    from: waiting,
    corrupt: ({ shard, match }) => shard.state.deadlines.set(shard.match(match), 999_999),
    complaint: /^3: match_3 is due at \d+, not 999999/,
  },
  "3: a player in play who is away without a clock": {
    from: () => active(),
    corrupt: ({ shard, ada }) => set(shard.player(ada), { epoch: 0 }),
    complaint: /^3: player_ada in match_3 is away without a clock/,
  },
  "3: an idle player who is never looked at again": {
    from: waiting,
    corrupt: ({ shard }) => {
      const dan = shard.connect("dan");
      shard.disconnect(dan);
      shard.state.deadlines.remove(shard.player(dan));
    },
    complaint: /^3: player_dan is idle and never looked at again/,
  },
  "3: a node that nobody watches": {
    from: waiting,
    corrupt: ({ shard }) => shard.state.deadlines.remove(shard.state.nodes.get(shard.node)!),
    complaint: /^3: alpha\/1 is not watched/,
  },
  "3: an effect nobody waits for": {
    from: waiting,
    corrupt: ({ shard, match }) =>
      void shard.state.effects.set("escrow:x", { key: "escrow:x", kind: "escrow", matchId: match, since: 0 }),
    complaint: /^3: nobody waits for effect escrow:x/,
  },
  "3: an effect of a match that is gone": {
    from: waiting,
    corrupt: ({ shard }) =>
      void shard.state.effects.set("settle:match_0", {
        key: "settle:match_0",
        kind: "settle",
        matchId: "match_0",
        since: 0,
      }),
    complaint: /^3: nobody waits for effect settle:match_0/,
  },
  ...Object.fromEntries(
    (
      [
        ["escrow", () => preparing()],
        ["begin", () => counted()],
        ["settle", () => resolved()],
      ] as const
    ).map(([kind, from]) => [
      `3: a match whose ${kind} nobody owes`,
      {
        from,
        corrupt: ({ shard }: Duel) => shard.state.effects.clear(),
        complaint: new RegExp(`^3: match_3 waits for ${kind}:match_3, which nobody owes`),
      },
    ]),
  ),
  "3: a match that does not make the move it could": {
    from: waiting,
    corrupt: ({ shard, match }) => {
      for (const player of shard.match(match).players) player.accepted = true;
    },
    complaint: /^3: match_3 in MATCHED has a move to make/,
  },
};
