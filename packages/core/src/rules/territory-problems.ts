import { areNames } from "../matching/wishes.ts";
import { teamSizeOf } from "./format-of.ts";
import { isCount, isTime } from "./numbers.ts";
import type { ModeRules } from "./rules.ts";
import { rulesLimits } from "./rules-limits.ts";

type Expect = (holds: boolean, key: string, expected: string) => void;

/** Territories are fought for by crews, who queue whole, and taken from their owners by siege. */
export function territoryProblems(mode: ModeRules, expect: Expect): void {
  const { territories, siege, round, search } = mode;
  const { territoriesMax } = rulesLimits;
  const isNamed = areNames(territories, territoriesMax) && territories.every((name) => pattern.test(name));
  expect(isNamed, "territories", `different names of letters, digits, _, . and -, at most ${territoriesMax}`);
  const isFought = territories.length > 0;
  const isWhole = round === null && search.sideDifferenceMax !== undefined;
  expect(!isFought || isWhole, "territories", "none, unless a ticket is a whole side");
  if (isFought && isWhole) sizeProblems(mode, expect);
  expect(
    isFought === (siege !== null),
    "siege",
    isFought ? "how owned ground is taken" : "none without territories",
  );
  if (siege !== null) siegeProblems(siege, expect);
}

/** Sides that no crew can fill would keep everybody waiting for nothing. */
function sizeProblems({ teams, partySizeMax }: ModeRules, expect: Expect): void {
  const { crewMembersMin, crewMembersMax } = rulesLimits;
  const isFilled = teams
    .map(teamSizeOf)
    .every(({ min, max }) => max >= crewMembersMin && min <= crewMembersMax);
  const expected = `sides that a crew of ${crewMembersMin} to ${crewMembersMax} fills`;
  expect(isFilled, "teams", expected);
  expect(partySizeMax >= crewMembersMin, "partySizeMax", `${crewMembersMin} or more, as crews have`);
}

const pattern = /^[a-zA-Z0-9_.-]+$/;

function siegeProblems(siege: NonNullable<ModeRules["siege"]>, expect: Expect): void {
  const { gatherMs, membersMin, membersMax, sideDifferenceMax } = siege;
  const { crewMembersMax } = rulesLimits;
  expect(isTime(gatherMs) && gatherMs > 0, "siege.gatherMs", "a time > 0");
  const counts = isCount(membersMin) && isCount(membersMax) && membersMin >= 1 && membersMin <= membersMax;
  expect(
    counts && membersMax <= crewMembersMax,
    "siege.membersMin",
    `1 ≤ members_min ≤ members_max ≤ ${crewMembersMax}`,
  );
  expect(isCount(sideDifferenceMax), "siege.sideDifferenceMax", "a whole number ≥ 0");
}
