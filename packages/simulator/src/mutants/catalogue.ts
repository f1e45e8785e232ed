import { engineMutants } from "./catalogue/engine.ts";
import { matchMutants } from "./catalogue/matches.ts";
import { matchingMutants } from "./catalogue/matching.ts";
import { moneyMutants } from "./catalogue/money.ts";
import { serverMutants } from "./catalogue/servers.ts";
import { shardMutants } from "./catalogue/shard.ts";
import { ticketMutants } from "./catalogue/tickets.ts";
import type { Mutant } from "./mutant.ts";

/** Every mutant there is. One that changes nothing anybody could notice is none. */
export const mutants: readonly Mutant[] = [
  ...shardMutants,
  ...ticketMutants,
  ...matchMutants,
  ...moneyMutants,
  ...matchingMutants,
  ...engineMutants,
  ...serverMutants,
];
