import type { CrewId, MatchId, PlayerId } from "../../ids.ts";
import type { RequestOrigin } from "../request-origin.ts";

/** A crew's leader declares a siege on a territory that is another crew's. Nobody is bound by it yet. */
export interface SiegeDeclare {
  readonly type: "siege.declare";
  readonly match: MatchId;
  readonly crew: CrewId;
  readonly player: PlayerId;
  readonly mode: string;
  readonly territory: string;
  readonly tier: string | null;
  readonly secretEpoch: number;
  /** SHA-256 of salt and text; null for games that are played elsewhere. */
  readonly commitment: string | null;
  /** One of the mode's maps; left out where it has none. */
  readonly map?: string | null;
  readonly origin?: RequestOrigin;
}
/** A member of either crew joins their side while the siege gathers, and is bound from then on. */
export interface SiegeJoin {
  readonly type: "siege.join";
  readonly match: MatchId;
  readonly player: PlayerId;
  readonly origin?: RequestOrigin;
}

/** What players ask of sieges; one is left like any match that forms. */
export type SiegeCommand = SiegeDeclare | SiegeJoin;
