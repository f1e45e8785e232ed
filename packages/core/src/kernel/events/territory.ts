import type { CrewId, MatchId } from "../../ids.ts";

/** A territory has changed hands. */
export interface TerritoryTaken {
  readonly type: "territory.taken";
  /** The match that decided it. */
  readonly match: MatchId;
  readonly mode: string;
  readonly territory: string;
  readonly crew: CrewId;
  /** Whose it was; null: nobody's. */
  readonly from: CrewId | null;
}

/** A territory is nobody's again: its owner is no more. */
export interface TerritoryFreed {
  readonly type: "territory.freed";
  readonly mode: string;
  readonly territory: string;
  readonly from: CrewId;
}
