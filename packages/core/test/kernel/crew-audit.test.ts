import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenInvariants, type Match, type PlayerId, type Territory } from "../../src/index.ts";
import { begun, besieged, founded, owned, paired, queuedCrew, rivals } from "./crews.ts";
import type { Shard } from "./shard.ts";

interface Corruption {
  readonly from: () => { readonly shard: Shard };
  readonly corrupt: (shard: Shard) => void;
  readonly complaint: RegExp;
}

const red = "crew_red";
const set = (target: object, change: object) => void Object.assign(target, change);
const alphaIn = ({ state }: Shard) => state.territories.get("proxy:alpha") as Territory;
const siegeIn = (shard: Shard): Match => shard.match("match_siege");
const gathering = () => besieged({ blue: 3, red: 3 });

function goneOn() {
  const made = gathering();
  made.shard.wait(300_000);
  return made;
}

function fighting() {
  const both = rivals();
  begun(both.shard, paired(both));
  return both;
}

const corruptions: Readonly<Record<string, Corruption>> = {
  "a leader from outside": {
    from: rivals,
    corrupt: (shard) => set(founded(shard, red), { leader: "player_zoe" }),
    complaint: /^1: player_zoe leads crew_red from outside/,
  },
  "a crew that is too large": {
    from: rivals,
    corrupt: (shard) =>
      set(founded(shard, red), { members: Array.from({ length: 9 }, () => "player_ada" as PlayerId) }),
    complaint: /^1: crew_red has 9 members/,
  },
  "a member nobody knows of": {
    from: rivals,
    corrupt: ({ state }) => void state.crewOf.delete("player_bob"),
    complaint: /^1: player_bob is not known to be in crew_red/,
  },
  "somebody in a crew that does not know them": {
    from: rivals,
    corrupt: ({ state }) => void state.crewOf.set("player_zoe", red),
    complaint: /^1: crews have 9 members, but 10 players are in one/,
  },
  "an invitation without a clock": {
    from: rivals,
    corrupt: (shard) =>
      set(founded(shard, red), { invitations: [{ player: "player_zoe", until: shard.state.time + 1 }] }),
    complaint: /^3: crew_red is due at/,
  },
  "a crew's ticket with a stranger": {
    from: () => queuedCrew(["ada", "bob", "cyd"]),
    corrupt: (shard) => set(founded(shard, red), { members: ["player_ada", "player_bob"] }),
    complaint: /^2: ticket_1 is a ticket of crew_red with players who are not in it/,
  },
  "an owner who is gone": {
    from: owned,
    corrupt: (shard) => set(alphaIn(shard), { owner: "crew_none" }),
    complaint: /^1: crew_none owns proxy:alpha but is gone/,
  },
  "a territory kept for nothing": {
    from: owned,
    corrupt: (shard) => set(alphaIn(shard), { owner: null }),
    complaint: /^9: proxy:alpha is kept for nothing/,
  },
  "a territory under another's key": {
    from: owned,
    corrupt: (shard) => set(alphaIn(shard), { name: "beta-3" }),
    complaint: /^9: proxy:alpha is kept for proxy beta-3/,
  },
  "a territory that does not know who fights for it": {
    from: gathering,
    corrupt: (shard) => set(alphaIn(shard), { contests: [] }),
    complaint: /^1: proxy:alpha knows 0 fights, not 1/,
  },
  "a crew that does not know that it fights": {
    from: fighting,
    corrupt: (shard) => set(founded(shard, red), { contests: [] }),
    complaint: /^1: crew_red knows 0 fights, not 1/,
  },
  "a siege against somebody else than the owner": {
    from: gathering,
    corrupt: (shard) => set(alphaIn(shard), { owner: "crew_blue" }),
    complaint: /^1: proxy:alpha is besieged against crew_blue, who does not defend it/,
  },
  "a crew that fights itself": {
    from: fighting,
    corrupt: ({ state }) => {
      for (const { contest } of state.matches.values()) set(contest as object, { crews: [red, red] });
    },
    complaint: /^1: crew_red fights itself/,
  },
  "two sieges of one crew on one territory": {
    from: gathering,
    corrupt: (shard) => {
      const again = { ...siegeIn(shard), id: "match_again" as const, heapIndex: -1 };
      shard.state.matches.set(again.id, again);
    },
    complaint: /^1: proxy:alpha is besieged 2 times/,
  },
  "a match about a territory that knows nothing of it": {
    from: gathering,
    corrupt: ({ state }) => void state.territories.clear(),
    complaint: /^1: match_siege is about alpha, which knows nothing of it/,
  },
  "somebody in a siege with a ticket": {
    from: gathering,
    corrupt: (shard) => set(siegeIn(shard).players[0] as object, { ticketId: "ticket_9" }),
    complaint: /^2: player_fay came into match_siege by the wrong way/,
  },
  "a lock that the books do not have": {
    from: gathering,
    corrupt: (shard) => set(siegeIn(shard).players[0] as object, { stake: 201n }),
    complaint: /^5: deposits 6000, held 6001/,
  },
  "a siege that went on with too few": {
    from: goneOn,
    corrupt: (shard) => set(siegeIn(shard), { players: siegeIn(shard).players.slice(1) }),
    complaint: /^7: the teams of match_siege do not fit its mode/,
  },
  "sides that are not in their order": {
    from: gathering,
    corrupt: (shard) => set(siegeIn(shard), { players: siegeIn(shard).players.toReversed() }),
    complaint: /^7: the teams of match_siege do not fit its mode/,
  },
  "a pot that is not the sum of the stakes": {
    from: fighting,
    corrupt: ({ state }) => {
      for (const match of state.matches.values()) match.pot -= 1n;
    },
    complaint: /^5: the pot of match_\d+ is 1199, neither empty nor whole/,
  },
};

for (const [what, { from, corrupt, complaint }] of Object.entries(corruptions)) {
  test(`[CR38] the audit notices ${what}`, () => {
    const { shard } = from();
    assert.deepEqual(brokenInvariants(shard.state), []);
    corrupt(shard);
    const broken = brokenInvariants(shard.state);
    assert.ok(
      broken.some((line) => complaint.test(line)),
      `${broken}`,
    );
  });
}
