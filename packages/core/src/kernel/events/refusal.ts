import type { PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../commands.ts";
import type { RefusalCode } from "../refusals.ts";

export interface Refused {
  readonly type: "refused";
  readonly code: RefusalCode;
  readonly command: string;
  readonly player?: PlayerId;
  readonly origin?: RequestOrigin;
  /** When a cooldown or the like ends, in shard time. */
  readonly until?: number;
}

/** An error of ours, recorded by every replica alike. */
export interface Violation {
  readonly type: "violation";
  readonly code: string;
  readonly detail: string;
}
