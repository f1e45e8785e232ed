import type { MatchResolved, MatchVoided, PlayedMatch } from "@matchforge/core";
import type { Archive, EventRow } from "@matchforge/stores";

/** What a recording holds of one mode, in the order in which it was decided. */
export interface RecordedMode {
  readonly mode: string;
  readonly matches: readonly PlayedMatch[];
}

const eventsPerRead = 10_000;

/** The decided matches of an archive by mode; those that were voided afterwards, and counted for nothing, are not among them. */
export async function recordedMatches(archive: Archive): Promise<RecordedMode[]> {
  const voided = new Set<string>();
  for await (const payload of payloadsOf<MatchVoided>(archive, "match.voided")) voided.add(payload.match);
  const modes = new Map<string, PlayedMatch[]>();
  for await (const resolved of payloadsOf<MatchResolved>(archive, "match.resolved")) {
    if (voided.has(resolved.match)) continue;
    const played = modes.get(resolved.mode) ?? [];
    played.push(playedMatch(resolved));
    modes.set(resolved.mode, played);
  }
  const sorted = [...modes].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([mode, matches]) => ({ mode, matches }));
}

/** A recording knows who won, lost or tied, and not the places behind the first. */
function playedMatch({ result }: MatchResolved): PlayedMatch {
  const teams = new Map<number, { players: string[]; rank: number }>();
  for (const { player, team, outcome } of result.players) {
    const known = teams.get(team) ?? { players: [], rank: outcome === "loss" ? 2 : 1 };
    known.players.push(player);
    teams.set(team, known);
  }
  const inOrder = [...teams].sort(([left], [right]) => left - right).map(([, team]) => team);
  return { teams: inOrder, isJudged: result.endReason !== "forfeit" };
}

async function* payloadsOf<Payload>(archive: Archive, type: EventRow["type"]): AsyncGenerator<Payload> {
  let from = { position: 0, index: 0 };
  for (;;) {
    const events = await archive.events({ from, limit: eventsPerRead, type });
    const last = events.at(-1);
    if (last === undefined) return;
    from = last;
    for (const { payload } of events) yield JSON.parse(payload) as Payload;
  }
}
