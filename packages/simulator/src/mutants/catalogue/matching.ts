import type { Mutant } from "../mutant.ts";

const matching = "packages/core/src/matching";
const decide = "packages/core/src/kernel/decide";

/** Who may meet whom, and that those who may do meet. */
export const matchingMutants: readonly Mutant[] = [
  {
    id: "one-window",
    file: `${matching}/accepts.ts`,
    find: "if (gap > windowOf(left, search, at) || gap > windowOf(right, search, at))",
    replace: "if (gap > windowOf(left, search, at) && gap > windowOf(right, search, at))",
    breaks: "Both windows hold the gap.",
  },
  {
    id: "wide-at-once",
    file: `${matching}/window.ts`,
    find: "if (step.afterMs > waitedMs) break;",
    replace: "if (step.afterMs > waitedMs + 30_000) break;",
    breaks: "A window widens with the wait.",
  },
  {
    id: "one-wish",
    file: `${matching}/accepts.ts`,
    find: "if (!wishesHold(left, right, search, at) || !wishesHold(right, left, search, at))",
    replace: "if (!wishesHold(left, right, search, at))",
    breaks: "Both wishes hold.",
  },
  {
    id: "blocked-one-way",
    file: `${matching}/accepts.ts`,
    find: "if (hasBlocked(left, right) || hasBlocked(right, left))",
    replace: "if (hasBlocked(left, right))",
    breaks: "Nobody meets who has blocked the other.",
  },
  {
    id: "rematch-at-once",
    file: `${matching}/accepts.ts`,
    find: 'return metRecently(left, right, search, at) || metRecently(right, left, search, at) ? "rematch" : null;',
    replace: "return null;",
    breaks: "Nobody meets again whom they just met.",
  },
  {
    id: "met-forgotten",
    file: "packages/core/src/kernel/evolve/records.ts",
    find: "[...player.recentOpponents, ...met].slice(-recentOpponentsMax);",
    replace: "met;",
    breaks: "Whom somebody met in their last three matches is remembered.",
  },
  {
    id: "sides-differ",
    file: `${matching}/accepts.ts`,
    find: "<= sideDifferenceMax;",
    replace: "<= sideDifferenceMax + 1;",
    breaks: "Sides of crews differ by no more than they may.",
  },
  {
    id: "any-size",
    file: `${decide}/judge-teams.ts`,
    find: "if (size < min || size > max || (isWhole && teams[place].length !== 1)) return false;",
    replace: "",
    breaks: "Teams have their sizes.",
  },
  {
    id: "roles-unsaid",
    file: "packages/engine/src/room/proposals-of.ts",
    find: "...(roles !== undefined && { roles }) };",
    replace: "};",
    breaks: "A proposal says who plays what.",
  },
  {
    id: "admit-anybody",
    file: `${decide}/judge-teams.ts`,
    find: "const tickets = teams.flat();",
    replace: "const tickets: readonly Standing[] = [];",
    breaks: "A proposal is judged by both sides' rules.",
  },
  {
    id: "one-too-many",
    file: `${decide}/pick-tickets.ts`,
    find: ">= mode.maxLiveMatches)",
    replace: "> mode.maxLiveMatches)",
    breaks: "A mode has so many matches at once.",
  },
  {
    id: "match-id-reused",
    file: `${decide}/pick-tickets.ts`,
    find: 'if (state.matches.has(command.match)) return "ID_REUSED";',
    replace: "",
    breaks: "Every match has an id of its own.",
  },
  {
    id: "never-looked-at-again",
    file: `${matching}/pool-waves.ts`,
    find: "due.expectChange(seed, at);\n        if (seed.eligibleAt > at) continue;",
    replace: "if (seed.eligibleAt > at) continue;",
    breaks: "A ticket is looked at again when something about it changes.",
  },
];
