import type { Command, TicketId, Wishes } from "../../src/index.ts";
import { Shard } from "./shard.ts";

export type Propose = Extract<Command, { type: "matcher.propose" }>;

/** Tickets of a mode, one for each list of names. */
export function tickets(
  shard: Shard,
  mode: string,
  groups: readonly (readonly string[])[],
  wishes: Partial<Wishes> = {},
) {
  return groups.map((names) => {
    const members = names.map((name) => shard.connect(name));
    return shard.enqueue(members[0], mode, { members, wishes, pools: [{ mode, tier: null }] });
  });
}

export const solos = [["ada"], ["bob"], ["cyd"], ["dan"]] as const;

export function squad(change: Partial<Propose> = {}, shard = Shard.started()) {
  const [a, b, c, d] = tickets(shard, "squad", solos);
  const command: Propose = {
    ...shard.proposeCommand(
      [
        [a, b],
        [c, d],
      ],
      "squad",
    ),
    roles: [
      ["tank", "healer"],
      ["healer", "tank"],
    ],
    map: "mill",
    ...change,
  };
  return { shard, command, tickets: [a, b, c, d] as TicketId[] };
}

export function squadOf(shard: Shard, [a, b, c, d]: readonly TicketId[]): Propose {
  const roles = [
    ["tank", "healer"],
    ["tank", "healer"],
  ];
  return {
    ...shard.proposeCommand(
      [
        [a, b],
        [c, d],
      ],
      "squad",
    ),
    roles,
    map: "mill",
  };
}
