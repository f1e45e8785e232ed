import { accepts, type PoolStanding, type SearchRules } from "@matchforge/core";

/** What one would write first: each, in the order of coming, joins the first round with room that takes them. */
export function firstThatTakes(
  standings: readonly PoolStanding[],
  {
    search,
    at,
    playersMax,
  }: { readonly search: SearchRules; readonly at: number; readonly playersMax: number },
): PoolStanding[][] {
  const rounds: PoolStanding[][] = [];
  for (const standing of standings) {
    const round = rounds.find(
      (members) =>
        members.length < playersMax &&
        members.every((member) => accepts(member, standing, search, at) === null),
    );
    if (round === undefined) rounds.push([standing]);
    else round.push(standing);
  }
  return rounds;
}
