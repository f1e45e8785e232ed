import type { MatchId } from "@matchforge/core";
import type { Auditor, Ending } from "./auditor.ts";
import type { RecordedPlayer } from "./recorded-player.ts";

/** What is held against the log of a player, and of it. */
export type Told = Pick<RecordedPlayer, "id" | "told" | "acknowledged" | "disorder" | "sync">;
export type Logged = Pick<Auditor, "state" | "violations" | "ticketsOf" | "endings" | "blamed">;

/** Holds what players were told against what the log says; answers a sentence for everything that does not fit. */
export function contradictions(
  auditor: Logged,
  players: readonly Told[],
  { canForget }: { readonly canForget: boolean },
): string[] {
  const found = [...auditor.violations];
  for (const { ids, what } of left(auditor)) if (ids.length > 0) found.push(`${what}: ${ids.join(", ")}`);
  for (const player of players) {
    found.push(...player.disorder.map((sentence) => `${player.id} heard ${sentence}`));
    const tickets = auditor.ticketsOf.get(player.id) ?? 0;
    if (tickets < player.acknowledged && !canForget)
      found.push(`${player.id} was told of ${player.acknowledged} tickets, the log has ${tickets}`);
    for (const [match, told] of player.told) {
      const ending = auditor.endings.get(match as MatchId);
      // What a relaxed log has forgotten was told all the same, and may have gone otherwise since.
      if (canForget) continue;
      if (ending === undefined) found.push(`${player.id} was told of ${match}, which never ended`);
      else found.push(...mistold(player, match, told, ending));
    }
    found.push(...wrongBalance(player, auditor));
  }
  // Every player here comes back at once and always accepts: whoever is blamed pays for a fault of ours.
  for (const blame of auditor.blamed) found.push(`blamed without fault: ${blame}`);
  for (const [match, { reason }] of auditor.endings)
    if (reason === "forfeit") found.push(`${match} ended by a forfeit that was a fault of ours`);
  return found;
}

function left({ state }: Logged) {
  return [
    { what: "matches never ended", ids: [...state.matches.keys()] },
    { what: "tickets never ended", ids: [...state.tickets.keys()] },
    { what: "effects never done", ids: [...state.effects.keys()] },
  ];
}

function mistold(
  { id }: Told,
  match: string,
  {
    results,
    payouts,
  }: { results: readonly { winner: string | null; reason: string }[]; payouts: readonly string[] },
  ending: Ending,
): string[] {
  const found: string[] = [];
  const [winner = null] = ending.winners;
  for (const told of results)
    if (told.winner !== winner || told.reason !== ending.reason)
      found.push(
        `${id} was told ${told.winner} won ${match} (${told.reason}), the log has ${winner} (${ending.reason})`,
      );
  const paid = `${ending.paid.get(id) ?? 0n}`;
  for (const told of payouts)
    if (told !== paid) found.push(`${id} was told of ${told} for ${match}, the log has ${paid}`);
  return found;
}

function wrongBalance({ id, sync }: Told, { state }: Logged): string[] {
  const available = `${state.players.get(id)?.available ?? 0n}`;
  if (sync === null || sync.balance === available) return [];
  return [`${id} was told of a balance of ${sync.balance}, the log has ${available}`];
}
