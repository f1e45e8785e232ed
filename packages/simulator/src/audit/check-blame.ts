import type { KernelEvent, MatchCancelled, PlayerId } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import type { Chronicle, KnownMatch } from "./chronicle.ts";

const cooldownsMs = [0, 30_000, 120_000, 600_000];
const offencesForMs = 86_400_000;
const undeliveredPerDay = 3;

/**
 * Who pays for a failed match: those who declined, were away, did not answer or did not load, and nobody else. Their tickets end and
 * they wait longer each time; all other tickets return; whoever was never told is excused, three times a day.
 */
export function checkBlame(violate: Violate): Check {
  const excused = new Map<PlayerId, number[]>();
  return {
    event(event, moment) {
      if (event.type === "match.cancelled") judge(event, moment, { violate, excused });
      else if (event.type === "ticket.queued") judgeCooldown(event, moment, violate);
    },
  };
}

interface Court {
  readonly violate: Violate;
  readonly excused: Map<PlayerId, number[]>;
}

function judge(event: MatchCancelled, moment: Moment, { violate, excused }: Court): void {
  const { chronicle } = moment;
  const match = chronicle.matches.get(event.match);
  if (match === undefined) return;
  const atFault = guiltyOf(event, match, moment);
  const named = new Set([...event.offenders.map(({ player }) => player), ...event.undelivered]);
  for (const id of named)
    if (!atFault.has(id)) violate(`blame: ${id} pays for ${event.match} (${event.reason})`);
  for (const id of atFault) {
    const isOrphan = chronicle.players.get(id)?.orphanedAt !== null;
    if (!named.has(id) && !isOrphan)
      violate(`blame: ${id} does not pay for ${event.match} (${event.reason})`);
  }
  for (const { player, cooldownUntil } of event.offenders) {
    const expected = chronicle.time + cooldownOf(chronicle, player, event.mode);
    if (cooldownUntil !== expected)
      violate(`blame: ${player} may queue again at ${cooldownUntil}, not ${expected}`);
  }
  for (const id of event.undelivered)
    if (match.entrants.get(id)?.notified) violate(`blame: ${id} is excused, who knew of ${event.match}`);
  for (const id of event.undelivered) excuse(id, chronicle, { violate, excused });
  judgeFates(event, atFault, { violate, match, chronicle });
}

/** Whose fault it is that a match did not come about. */
function guiltyOf(
  { reason }: MatchCancelled,
  match: KnownMatch,
  { entry: { command }, chronicle }: Moment,
): ReadonlySet<PlayerId> {
  const entrants = [...match.entrants];
  switch (reason) {
    case "declined":
    case "abandoned":
    case "disconnected":
      return new Set("player" in command && match.entrants.has(command.player) ? [command.player] : []);
    case "ready_timeout":
      return new Set(entrants.filter(([, { accepted }]) => !accepted).map(([id]) => id));
    case "loading_timeout":
      return new Set(entrants.map(([id]) => id).filter((id) => !match.loaded.has(id)));
    case "absent":
      return new Set(entrants.filter(([id]) => !chronicle.isPresent(id)).map(([id]) => id));
    default:
      return new Set();
  }
}

function cooldownOf(chronicle: Chronicle, id: PlayerId, mode: string): number {
  const recent = chronicle.players
    .get(id)
    ?.offences.filter((one) => one.mode === mode && one.at > chronicle.time - offencesForMs);
  return cooldownsMs[Math.min(recent?.length ?? 0, cooldownsMs.length - 1)];
}

function excuse(id: PlayerId, { time }: Chronicle, { violate, excused }: Court): void {
  const recent = (excused.get(id) ?? []).filter((at) => at > time - offencesForMs);
  if (recent.length >= undeliveredPerDay) violate(`blame: ${id} is excused once too often`);
  excused.set(id, [...recent, time]);
}

function judgeFates(
  { match: id, reason, fates }: MatchCancelled,
  atFault: ReadonlySet<PlayerId>,
  { violate, match, chronicle }: { violate: Violate; match: KnownMatch; chronicle: Chronicle },
): void {
  const isOver = reason === "closed" || reason === "territory_taken";
  const isOffered = chronicle.rulesVersion === match.created.rulesVersion;
  for (const { ticket, players, ended } of fates) {
    const mustEnd = isOver || players.some((player) => atFault.has(player));
    if (mustEnd === (ended !== null)) continue;
    if (!mustEnd && ended === "mode_removed" && !isOffered) continue;
    violate(`blame: ${ticket} of ${id} (${reason}) ${ended === null ? "returns" : `ends as ${ended}`}`);
  }
}

/** Nobody queues before their cooldown is over. */
function judgeCooldown(
  { ticket, players, standings }: Extract<KernelEvent, { type: "ticket.queued" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  for (const id of players) {
    for (const { mode, until } of chronicle.players.get(id)?.offences ?? []) {
      if (until > chronicle.time && standings.some((one) => one.mode === mode))
        violate(`blame: ${ticket} is queued by ${id}, who may not until ${until}`);
    }
  }
}
