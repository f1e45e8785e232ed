import type { Mutant } from "../mutant.ts";

const kernel = "packages/core/src/kernel";

/** Stakes, payouts and ratings. */
export const moneyMutants: readonly Mutant[] = [
  {
    id: "stake-kept",
    file: `${kernel}/evolve/ticket.ts`,
    find: "player.available += refund;",
    replace: "",
    breaks: "A ticket that ends gives its stake back.",
  },
  {
    id: "pot-doubled",
    file: `${kernel}/evolve/match.ts`,
    find: "match.pot += stake;",
    replace: "match.pot += stake + stake;",
    breaks: "The pot is what was put in.",
  },
  {
    id: "no-escrow",
    file: `${kernel}/prepare.ts`,
    find: 'const isEscrowed = isWagered && mode.requires.includes("escrow");',
    replace: "const isEscrowed = false;",
    breaks: "Nobody plays for stakes that are not locked.",
  },
  {
    id: "tie-burns",
    file: `${kernel}/resolve.ts`,
    find: "tie ? player.stake : won",
    replace: "tie ? 0n : won",
    breaks: "A tie gives every stake back.",
  },
  {
    id: "burn-forgotten",
    file: "packages/core/src/money/split-pot.ts",
    find: "const shared = (pot * BigInt(10_000 - burnBps)) / 10_000n;",
    replace: "const shared = pot;",
    breaks: "A part of every pot is burned.",
  },
  {
    id: "winner-unpaid",
    file: `${kernel}/evolve/match-end.ts`,
    find: "player.available += payout.amount;",
    replace: "",
    breaks: "A payout reaches its player.",
  },
  {
    id: "paid-by-halves",
    file: `${kernel}/resolve.ts`,
    find: "payouts: paid.map(({ player, payout }) => ({ player, amount: payout })),",
    replace:
      "payouts: paid.map(({ player, payout }, place) => ({ player, amount: place === 0 ? payout : 0n })),",
    breaks: "What was promised is paid.",
  },
  {
    id: "faucet-runs",
    file: `${kernel}/decide/faucet.ts`,
    find: "(player.faucetAt === null || state.time - player.faucetAt >= ledger.faucetEveryMs);",
    replace: "state.time >= 0;",
    breaks: "The faucet gives once in a while.",
  },
  {
    id: "stake-not-there",
    file: `${kernel}/decide/faucet.ts`,
    find: "if (player.available >= stake) continue;",
    replace: "continue;",
    breaks: "Nobody puts in what they do not have.",
  },
  {
    id: "other-stake-locked",
    file: `${kernel}/evolve/match.ts`,
    find: "if (match.pot === 0n) unlock(state, ticket);",
    replace: "",
    breaks: "A stake that nobody plays for is free again.",
  },
  {
    id: "siege-change-kept",
    file: `${kernel}/evolve/match.ts`,
    find: "available += own.stake - amount;",
    replace: "available += 0n * (own.stake - amount);",
    breaks: "What a siege locked beyond a share is free again.",
  },
  {
    id: "unrated",
    file: `${kernel}/evolve/match-end.ts`,
    find: "putRecord(player, result.after);",
    replace: "putRecord(player, result.before);",
    breaks: "A result rates its players.",
  },
  {
    id: "two-records",
    file: `${kernel}/evolve/records.ts`,
    find: "...player.records.filter((known) => known.mode !== record.mode), record]",
    replace: "...player.records, record]",
    breaks: "A player has one record in a mode.",
  },
  {
    id: "wins-uncounted",
    file: `${kernel}/resolve.ts`,
    find: "wins: before.wins + (game.won ? 1 : 0),",
    replace: "wins: before.wins,",
    breaks: "A win is counted.",
  },
];
