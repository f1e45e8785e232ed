import type { KernelEvent } from "@matchforge/core";
import type { ArchivedEvent } from "../archived.ts";
import type { MatchFacts } from "../match-facts.ts";

/** What is told of an event. */
export interface OutsideEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How the events of some types are told; of the others nothing is. */
export type Telling<Type extends KernelEvent["type"]> = {
  readonly [One in Type]: (event: ArchivedEvent<One>, facts: MatchFacts | undefined) => OutsideEvent;
};

/** What every record of a state of a match says. Players are named by their ids alone, and only where others may know them. */
export function matchState(
  state: string,
  match: {
    readonly id: string;
    readonly facts: Pick<MatchFacts, "mode" | "tier" | "players"> | undefined;
    readonly isRevealed?: boolean;
  },
): Readonly<Record<string, unknown>> {
  const { id, facts, isRevealed = true } = match;
  const players = isRevealed ? (facts?.players ?? null) : null;
  return {
    match_id: id,
    state,
    game_type: facts?.mode ?? null,
    stake_tier: facts?.tier ?? null,
    players: players?.map(({ player }) => player) ?? null,
    teams: players === null ? null : teamsOf(players),
  };
}

function teamsOf(players: MatchFacts["players"]): string[][] {
  const teams = Map.groupBy(players, ({ team }) => team);
  return [...teams.values()].map((members) => members.map(({ player }) => player));
}
