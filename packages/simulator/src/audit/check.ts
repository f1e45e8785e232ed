import type { Entry, KernelEvent, State } from "@matchforge/core";
import type { Chronicle } from "./chronicle.ts";

/** One entry of the log and all that followed from it. */
export interface Moment {
  readonly entry: Entry;
  readonly events: readonly KernelEvent[];
  /** The state after the entry. */
  readonly state: State;
  /** What the events before the one that is judged said. */
  readonly chronicle: Chronicle;
  /** Shard time before the entry, and the log's stamp of the entry before. */
  readonly timeBefore: number;
  readonly atBefore: number;
}

/** Says what is wrong, beginning with what was promised. */
export type Violate = (sentence: string) => void;

/** One promise, judged as the log goes by. */
export interface Check {
  /** Before the events of an entry. */
  begin?(moment: Moment): void;
  /** Before the chronicle knows of the event. */
  event?(event: KernelEvent, moment: Moment): void;
  /** After all events of an entry, of which the chronicle knows. */
  end?(moment: Moment): void;
}
