import {
  type MatchId,
  type ModeRules,
  type PlayerId,
  type Receipt,
  type RejectedCount,
  type Rules,
  reviveRules,
  rulesHash,
  type State,
  type TicketFact,
  ticketHash,
} from "@matchforge/core";
import type { ArchivedMatch } from "@matchforge/stores";
import { type Dice, type MatchRecord, matchRecordOf } from "matchforge";

/**
 * The receipt of a match for a player, or for a stranger: `player` is null. Undefined where the archive knows too
 * little of the match, because an older build wrote it.
 */
export function matchReceiptOf(
  archived: ArchivedMatch,
  { state, dice, player }: { readonly state: State; readonly dice: Dice; readonly player: PlayerId | null },
): Receipt | undefined {
  const { match } = archived;
  const record = matchRecordOf(match);
  const rules = modeRulesOf(archived);
  if (record === undefined || rules === undefined) return undefined;
  const isOver = match.endedAt !== null;
  // Who came to a siege without a ticket is told apart by their name in this match.
  const saltOf = ({ ticket, players: [entrant] }: TicketFact) =>
    dice.draw({
      epoch: receiptEpoch,
      purpose: "receipt",
      id: ticket ?? `${match.matchId}:${entrant?.player}`,
    });
  const own = record.tickets.find(({ players }) => players.some((one) => one.player === player));
  return {
    match: match.matchId as MatchId,
    mode: match.mode,
    tier: match.tier,
    position: match.position,
    basisPosition: record.basis.position,
    rulesVersion: match.rulesVersion,
    rulesHash: rulesHash(rules),
    rules,
    considered: record.considered,
    rejected: publicRejected(record.rejected),
    costs: isOver ? record.costs : null,
    winProbabilities: isOver ? record.winProbabilities : null,
    tickets: byTeam(record.tickets).map((team) => team.map((fact) => ticketHash(saltOf(fact), fact))),
    own: own === undefined ? null : { salt: saltOf(own), fact: own },
    secretEpoch: {
      number: record.secretEpoch,
      hash: record.epochHash,
      secret: isRevealed(state, record.secretEpoch) ? dice.secretOf(record.secretEpoch) : null,
    },
    text: textOf(record, isOver),
    result: resultOf(archived, record),
  };
}

/** An epoch that is never opened, so that its secret is never shown: it hides tickets for good. */
const receiptEpoch = 0;

function modeRulesOf({ match, rules }: ArchivedMatch): ModeRules | undefined {
  if (rules === null) return undefined;
  return reviveRules(JSON.parse(rules.rules) as Rules).modes.find(({ id }) => id === match.mode);
}

/** A secret is shown when the shard has shown it: everything drawn from it has ended, and a later one is in use. */
function isRevealed({ secretEpochs }: State, number: number): boolean {
  const newest = [...secretEpochs.keys()].at(-1) ?? receiptEpoch;
  return number > receiptEpoch && number < newest && !secretEpochs.has(number);
}

function byTeam(tickets: readonly TicketFact[]): TicketFact[][] {
  const teams: TicketFact[][] = [];
  for (const fact of tickets) {
    teams[fact.team] ??= [];
    teams[fact.team]?.push(fact);
  }
  return teams;
}

function textOf({ commitment, text, salt }: MatchRecord, isOver: boolean): Receipt["text"] {
  if (commitment === null) return null;
  return isOver ? { commitment, text, salt } : { commitment, text: null, salt: null };
}

const decided: readonly string[] = ["RESOLVED", "SETTLED"];

/** A match that was called off or is void has paid nothing. */
function resultOf({ match, players }: ArchivedMatch, { tickets }: MatchRecord): Receipt["result"] {
  if (!decided.includes(match.state) || match.endReason === null) return null;
  const payouts = byTeam(tickets).map((_, team) => {
    const received = players.filter((one) => one.team === team).map(({ payout }) => BigInt(payout ?? "0"));
    return received.reduce((sum, amount) => sum + amount, 0n).toString();
  });
  return { endReason: match.endReason, pot: match.pot, burned: match.burned, payouts };
}

/** That somebody has blocked somebody is not told from other wishes. */
function publicRejected(rejected: readonly RejectedCount[]): RejectedCount[] {
  const counts = new Map<RejectedCount["reason"], number>();
  for (const { reason, count } of rejected) {
    const known = reason === "blocked" ? "opponent_rating" : reason;
    counts.set(known, (counts.get(known) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
