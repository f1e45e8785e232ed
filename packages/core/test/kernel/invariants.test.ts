import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenInvariants, type MatchPlayer, nothingTyped, type PlayerId } from "../../src/index.ts";
import { active, counted, type Duel, duelText, matched, preparing, ready, resolved, Shard } from "./shard.ts";

interface Corruption {
  readonly from: () => Duel;
  readonly corrupt: (duel: Duel) => void;
  readonly complaint: RegExp;
}

/** A duel, and a third player's ticket that waits in the arena. */
function waiting(): Duel {
  const duel = matched();
  duel.shard.enqueue(duel.shard.connect("cyd"), "arena", { ticket: "ticket_cyd" });
  return duel;
}

const cyd: PlayerId = "player_cyd";
const ticketOfCyd = ({ shard }: Duel) => shard.ticket("ticket_cyd");
const first = ({ shard, match }: Duel): MatchPlayer => shard.match(match).players[0];
const set = (target: object, change: object) => void Object.assign(target, change);
const phase = ({ shard, match }: Duel) => shard.match(match).phase;

const corruptions: Readonly<Record<string, Corruption>> = {
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
  "9: a ticket missing from its pool's ratings": {
    from: waiting,
    corrupt: (duel) =>
      duel.shard.state.pools.get("arena")!.index.setPresent(ticketOfCyd(duel).standings[0], false),
    complaint: /^9: ticket_cyd is missing from the ratings of arena/,
  },
  "9: a pool that holds a ticket that is gone": {
    from: waiting,
    corrupt: ({ shard }) => void shard.state.tickets.delete("ticket_cyd"),
    complaint: /^9: arena holds 1 tickets, not 0/,
  },
  "9: a wrong count of live matches": {
    from: waiting,
    corrupt: ({ shard }) => void shard.state.liveMatches.set("duel", 2),
    complaint: /^9: duel counts 2 live matches, not 1/,
  },
  "9: a wrong count of a secret epoch's uses": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.state.secretEpochs.get(1)!, { uses: 0 }),
    complaint: /^9: epoch 1 counts 0 uses, not 4/,
  },
  "9: a secret epoch revealed too early": {
    from: waiting,
    corrupt: ({ shard }) => void shard.state.secretEpochs.delete(1),
    complaint: /^9: epoch 1 is gone but still used/,
  },
  "9: a wrong count of settlements": {
    from: () => resolved(),
    corrupt: ({ shard, ada }) => set(shard.player(ada), { settling: 0 }),
    complaint: /^9: player_ada counts 0 settlements, not 1/,
  },
  "9: a deadline of nobody": {
    from: waiting,
    corrupt: ({ shard, match }) => {
      const ghost = { ...shard.match(match), heapIndex: -1 };
      shard.state.deadlines.set(ghost, 999_999);
    },
    complaint: /^9: \d+ deadlines, but \d+ in the heap/,
  },
  "9: a deadline outside the heap": {
    from: waiting,
    corrupt: (duel) => set(ticketOfCyd(duel), { heapIndex: -1 }),
    complaint: /^9: ticket_cyd has a deadline of \d+ at -1/,
  },
  "9: a leader that is gone": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.state, { leader: "gone/1" }),
    complaint: /^9: gone\/1 leads but is gone/,
  },
  "9: rules in force that are gone": {
    from: waiting,
    corrupt: ({ shard }) => set(shard.state, { rulesVersion: 7 }),
    complaint: /^9: the rules in force are gone/,
  },
};

for (const [what, { from, corrupt, complaint }] of Object.entries(corruptions)) {
  test(`[K46] the audit notices ${what}`, () => {
    const duel = from();
    assert.deepEqual(brokenInvariants(duel.shard.state), []);
    corrupt(duel);
    const broken = brokenInvariants(duel.shard.state);
    assert.ok(
      broken.some((line) => complaint.test(line)),
      `${broken}`,
    );
  });
}

test("[K46] each invariant that a state can show is broken by some corruption", () => {
  const numbers = new Set(Object.keys(corruptions).map((what) => what[0]));
  assert.deepEqual([...numbers].sort(), ["1", "2", "3", "4", "5", "7", "9"]);
  assert.deepEqual(brokenInvariants(Shard.started().state), []);
});
