import type { PoolStanding, TicketId } from "@matchforge/core";
import type { Arrival } from "../arrival.ts";
import type { SimulatedPool } from "./simulated-pool.ts";

/** A ticket that waits. */
export interface LiveTicket {
  readonly id: TicketId;
  /** When it leaves or times out. */
  deadline: number;
  /** Its place among the deadlines. */
  heapIndex: number;
  readonly arrival: Arrival;
  readonly standings: readonly LiveStanding[];
  /** When the rules end it. */
  readonly endAt: number;
}

/** One of its places, in the pool it waits in. */
export interface LiveStanding {
  readonly pool: SimulatedPool;
  readonly standing: PoolStanding;
  /** How strong its players are. */
  readonly skill: number;
}
