import { nothingTyped } from "../../../src/index.ts";
import { active, counted, type Duel, matched, ready } from "../duels.ts";
import { duelText } from "../shard.ts";
import { type Corruption, first, phase, set, waiting } from "./corruption.ts";

/** Matches that are not as their state, or their mode, says: invariants 4 and 7. */
export const corruptedMatches: Readonly<Record<string, Corruption>> = {
  "4: a match past a ready check that someone missed": {
    from: () => ready(),
    corrupt: (duel) => set(first(duel), { accepted: false }),
    complaint: /^4: match_3 passed its ready check without everyone/,
  },
  "4: a ready check in a mode without": {
    from: () => matched("arena"),
    corrupt: (duel) => {
      const { rules } = duel.shard.state;
      const modes = rules.get(1)!.modes.map((mode) => ({ ...mode, readyCheckMs: null }));
      rules.set(1, { ...rules.get(1)!, modes });
    },
    complaint: /^4: match_3 asks its players in a mode that does not/,
  },
  "4: a match that went on without its escrow": {
    from: () => ready(),
    corrupt: ({ shard, match }) => set(shard.match(match), { pot: 0n }),
    complaint: /^4: match_3 went on without its escrow/,
  },
  "4: a match that took stakes before its ready check": {
    from: waiting,
    corrupt: ({ shard, match }) => set(shard.match(match), { pot: 100n }),
    complaint: /^4: match_3 took stakes before its ready check/,
  },
  ...Object.fromEntries(
    (
      [
        ["typed", { typed: { ...nothingTyped, keys: 1 } }],
        ["final", { final: true }],
        ["forfeited", { forfeited: true }],
      ] as const
    ).map(([what, change]) => [
      `4: a player who has ${what} before the start`,
      {
        from: () => ready(),
        corrupt: (duel: Duel) => set(first(duel), change),
        complaint: /^4: match_3 was played before its start/,
      },
    ]),
  ),
  "4: a typing game without its text": {
    from: () => active(),
    corrupt: (duel) => set(phase(duel), { text: null }),
    complaint: /^4: match_3 is played without its text/,
  },
  "4: a game played elsewhere with a text": {
    from: () => counted(matched("arena")),
    corrupt: (duel) => set(phase(duel), { text: duelText }),
    complaint: /^4: match_3 is played without its text, or with one/,
  },
  "4: a match whose rules are gone": {
    from: waiting,
    corrupt: ({ shard }) => void shard.state.rules.delete(1),
    complaint: /^4: the rules of match_3 are gone/,
  },
  "7: teams that do not fit the mode": {
    from: waiting,
    corrupt: (duel) => set(first(duel), { team: 1 }),
    complaint: /^7: the teams of match_3 do not fit its mode/,
  },
  "7: tickets whose windows do not hold the gap": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[0]).standings[0], { rating: 3_000 }),
    complaint: /^7: match_3 joins tickets that refuse each other: rating_window/,
  },
  "7: tickets that were hidden at the proposal": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[1]).standings[0], { eligibleAt: 999_999 }),
    complaint: /^7: match_3 joins tickets that refuse each other: not_eligible/,
  },
  "7: a ticket from another pool": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[1]).standings[0], { pool: "arena" }),
    complaint: /^7: match_3 has a ticket that did not stand in duel:bronze/,
  },
  "7: a ticket that waited for another stake": {
    from: waiting,
    corrupt: ({ shard, tickets }) => set(shard.ticket(tickets[1]).standings[0], { stake: 51n }),
    complaint: /^7: ticket_2 did not wait for the stake of match_3/,
  },
};
