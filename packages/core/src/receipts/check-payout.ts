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
  const players = Number(pot / stake);
  const least = sizes.reduce((sum, { min }) => sum + min, 0);
  const most = sizes.reduce((sum, { max }) => sum + max, 0);
  if (pot % stake !== 0n || players < least || players > most) return false;
  return isRefund(payouts, { stake, sizes })
    ? burned === 0n
    : isShared({ pot, burned, players, burnBps: rules.burnBps });
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
