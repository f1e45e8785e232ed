import { splitPot } from "../money/split-pot.ts";
import { teamBoundsOf } from "./check-teams.ts";
import type { Receipt } from "./receipt.ts";

/**
 * Whether the pot is the stake of the rules from as many players as can have been in the match, and what was burned and
 * paid is what the rules make of it: a tie gives everything back, else the burn is the rules' and the winners share the
 * rest. Null without a result.
 */
export function payoutAddsUp({ result, tickets, rules, tier }: Receipt): boolean | null {
  if (result === null) return null;
  const amounts = [result.pot, result.burned, ...result.payouts];
  if (result.payouts.length !== tickets.length || !amounts.every(isAmount)) return false;
  const [pot, burned, ...payouts] = amounts.map(BigInt);
  const paid = payouts.reduce((sum, amount) => sum + amount, 0n);
  if (paid + burned !== pot) return false;
  const stake = BigInt(rules.stakes.find((one) => one.tier === tier)?.stake ?? "0");
  if (stake === 0n) return pot === 0n;
  const { sizeOf } = teamBoundsOf(rules);
  const sizes = tickets.map((_, place) => sizeOf(place));
  if (rules.stakePer === "side") return sidesAddUp({ pot, burned, payouts }, { stake, sizes, rules });
  const players = Number(pot / stake);
  const least = sizes.reduce((sum, { min }) => sum + min, 0);
  const most = sizes.reduce((sum, { max }) => sum + max, 0);
  if (pot % stake !== 0n || players < least || players > most) return false;
  return isRefund(payouts, { stake, sizes })
    ? burned === 0n
    : isShared({ pot, burned, players, burnBps: rules.burnBps });
}

type Sizes = readonly { readonly min: number; readonly max: number }[];

/** Each of two sides put in its players' shares of one stake: some pair of sizes explains pot, burn and payouts. */
function sidesAddUp(
  { pot, burned, payouts }: { pot: bigint; burned: bigint; payouts: readonly bigint[] },
  { stake, sizes, rules }: { stake: bigint; sizes: Sizes; rules: Receipt["rules"] },
): boolean {
  const [first, second] = sizes;
  for (let left = first.min; left <= first.max; left += 1) {
    for (let right = second.min; right <= second.max; right += 1) {
      const put = [left, right].map((players) => (stake / BigInt(players)) * BigInt(players));
      if (put[0] + put[1] !== pot) continue;
      const isTie = burned === 0n && payouts.every((payout, side) => payout === put[side]);
      if (isTie || isShared({ pot, burned, players: left + right, burnBps: rules.burnBps })) return true;
    }
  }
  return false;
}

function isAmount(text: string): boolean {
  return /^\d{1,78}$/.test(text);
}

/** In a tie every team gets back what its players put in. */
function isRefund(
  payouts: readonly bigint[],
  { stake, sizes }: { readonly stake: bigint; readonly sizes: readonly { min: number; max: number }[] },
): boolean {
  return payouts.every((payout, place) => {
    const players = Number(payout / stake);
    return payout % stake === 0n && players >= sizes[place].min && players <= sizes[place].max;
  });
}

/** How many have won is not told: the burn is that of one number of winners. */
function isShared(options: { pot: bigint; burned: bigint; players: number; burnBps: number }): boolean {
  const { pot, burned, players, burnBps } = options;
  for (let winners = 0; winners < players; winners += 1)
    if (splitPot({ pot, burnBps, winners }).burned === burned) return true;
  return false;
}
