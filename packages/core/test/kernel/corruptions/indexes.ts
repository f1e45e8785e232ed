import { resolved } from "../duels.ts";
import { type Corruption, set, ticketOfCyd, waiting } from "./corruption.ts";

/** Counts and indexes that are not what they sum up: invariant 9. */
export const corruptedIndexes: Readonly<Record<string, Corruption>> = {
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
