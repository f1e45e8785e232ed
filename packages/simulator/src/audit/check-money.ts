import type { KernelEvent, MatchResolved, MatchSettled, PlayerId, State } from "@matchforge/core";
import type { Check, Violate } from "./check.ts";
import type { Chronicle, KnownMatch } from "./chronicle.ts";

/**
 * Every player's own money, to the unit: what the faucet gave, less stakes lost, plus payouts. A match that ends without
 * a result changes nobody's; a pot is shared as the rules say, once, and everybody is paid what the result promised.
 */
export function checkMoney(violate: Violate): Check {
  const wealth = new Map<PlayerId, bigint>();
  const grantedAt = new Map<PlayerId, number>();
  const add = (id: PlayerId, amount: bigint) => wealth.set(id, (wealth.get(id) ?? 0n) + amount);
  return {
    event(event, moment) {
      const { chronicle } = moment;
      switch (event.type) {
        case "player.deposited": {
          const { faucetEveryMs = 0 } = chronicle.rules.get(chronicle.rulesVersion)?.ledger ?? {};
          const before = grantedAt.get(event.player) ?? Number.NEGATIVE_INFINITY;
          if (chronicle.time - before < faucetEveryMs)
            violate(`5: the faucet gives to ${event.player} again after ${chronicle.time - before} ms`);
          grantedAt.set(event.player, chronicle.time);
          return add(event.player, event.amount);
        }
        case "player.evicted":
          grantedAt.delete(event.player);
          wealth.delete(event.player);
          return;
        case "match.resolved":
          return judgeShares(event, chronicle, violate);
        case "match.settled": {
          judgePayouts(event, chronicle, violate);
          const { entrants, pot } = chronicle.matches.get(event.match) as KnownMatch;
          if (pot > 0n) for (const [id, { stake }] of entrants) add(id, -stake);
          for (const { player, amount } of event.payouts) add(player, amount);
          return;
        }
      }
    },
    end({ events, state }) {
      for (const id of concerned(events)) judgePurse(state, id, { wealth: wealth.get(id) ?? 0n, violate });
    },
  };
}

/** What a player has and what is locked of theirs add up to what is theirs. */
function judgePurse(state: State, id: PlayerId, own: { wealth: bigint; violate: Violate }): void {
  const player = state.players.get(id);
  if (player === undefined || player.match !== null || player.settling > 0) return;
  const locked = player.ticket === null ? 0n : (state.tickets.get(player.ticket)?.stake ?? 0n);
  if (player.available + locked !== own.wealth)
    own.violate(`5: ${id} has ${player.available} and ${locked} locked, but ${own.wealth} is theirs`);
}

/** Whose money an entry may have moved. */
function concerned(events: readonly KernelEvent[]): ReadonlySet<PlayerId> {
  const found = new Set<PlayerId>();
  for (const event of events) {
    if (event.type === "ticket.ended" || event.type === "ticket.queued" || event.type === "round.left")
      for (const id of event.players) found.add(id);
    else if (event.type === "match.cancelled")
      for (const { players } of event.fates) for (const id of players) found.add(id);
    else if (event.type === "match.voided") for (const { player } of event.refunds) found.add(player);
    else if (event.type === "match.settled") for (const { player } of event.payouts) found.add(player);
    else if (event.type === "siege.left" || event.type === "player.deposited") found.add(event.player);
  }
  return found;
}

function judgeShares({ match: id, result }: MatchResolved, chronicle: Chronicle, violate: Violate): void {
  const match = chronicle.matches.get(id);
  if (match === undefined || match.pot === 0n) return;
  const burnedShare = (match.pot * BigInt(match.mode.burnBps)) / 10_000n;
  const isTie = result.winners.length === 0;
  const kept = (match.pot * BigInt(10_000 - match.mode.burnBps)) / 10_000n;
  const each = isTie ? 0n : kept / BigInt(result.winners.length);
  for (const { player, payout } of result.players) {
    const due = isTie ? match.entrants.get(player)?.stake : result.winners.includes(player) ? each : 0n;
    if (payout !== due) violate(`5: ${id} pays ${payout} to ${player}, due is ${due}`);
  }
  if (isTie ? result.burned !== 0n : result.burned < burnedShare)
    violate(`5: ${id} burns ${result.burned} of ${match.pot}`);
}

function judgePayouts({ match: id, payouts }: MatchSettled, chronicle: Chronicle, violate: Violate): void {
  const promised = chronicle.matches.get(id)?.payouts ?? new Map<PlayerId, bigint>();
  const paid = new Map(payouts.map(({ player, amount }) => [player, amount]));
  for (const [player, payout] of promised)
    if ((paid.get(player) ?? 0n) !== payout)
      violate(`5: ${player} is paid ${paid.get(player)} for ${id}, the result says ${payout}`);
  if (payouts.some(({ player }) => !promised.has(player)))
    violate(`5: ${id} pays somebody who was not in it`);
}
