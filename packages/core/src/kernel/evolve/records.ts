import type { Match, Player } from "../model.ts";
import { type RatingRecord, type RecentOpponent, recentOpponentsMax } from "../records.ts";

/** Replaces a player's record in one mode. */
export function putRecord(player: Player, record: RatingRecord): void {
  player.records = [...player.records.filter((known) => known.mode !== record.mode), record];
}

/** Takes over the archive's records where they know more games than the kernel's own. */
export function keepBetterRecords(player: Player, archived: readonly RatingRecord[]): void {
  for (const record of archived) {
    const own = player.records.find((known) => known.mode === record.mode);
    if (own === undefined || own.games < record.games) putRecord(player, record);
  }
}

/** Remembers whom the players of a match met, the newest last. */
export function rememberOpponents(match: Match, player: Player, at: number): void {
  const met: RecentOpponent[] = [];
  const team = match.players.find((own) => own.id === player.id)?.team;
  for (const other of match.players) if (other.team !== team) met.push({ playerId: other.id, at });
  player.recentOpponents = [...player.recentOpponents, ...met].slice(-recentOpponentsMax);
}
