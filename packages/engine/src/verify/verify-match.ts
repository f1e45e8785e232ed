import {
  applyEntry,
  canonicalJson,
  costSecsOf,
  createState,
  currentMode,
  type FormedMatch,
  formAgain,
  type MatcherPropose,
  type MatchingPlugins,
  type State,
  type TicketId,
} from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { StoreError } from "@matchforge/stores/errors";
import { engineLimits } from "../limits.ts";
import { entriesFrom } from "../node/batch-codec.ts";
import { restoreNewest } from "../node/engine-node.ts";

/** What came of forming a match again. */
export type Verification =
  | {
      readonly ok: true;
      readonly proposal: MatcherPropose;
      readonly position: number;
      readonly replayed: number;
    }
  | {
      readonly ok: false;
      /** `trimmed`: the log from before the match is gone; `differs`: another match, or none, is formed. */
      readonly reason: "not_found" | "trimmed" | "by_hand" | "differs";
      readonly detail: string;
      readonly proposal?: MatcherPropose;
      /** How many entries were replayed, where it came to that. */
      readonly replayed?: number;
    };

/**
 * Replays the log up to what the wave of a match had seen and forms the match again: the same tickets, teams, costs
 * and counts must come of it. Reads the newest snapshot from before and the entries after it.
 *
 * @param options.position the position of the entry that made the match.
 * @example
 * const verification = await verifyMatch({ log, position: archived.match.position });
 */
export async function verifyMatch(options: {
  readonly log: Log;
  readonly position: number;
  readonly plugins?: MatchingPlugins;
}): Promise<Verification> {
  const { log, position, plugins } = options;
  try {
    const proposal = await proposalAt(log, position);
    if (proposal === undefined) return failure("not_found", `no match was proposed at position ${position}`);
    if (proposal.quality.basis.wave === "hand")
      return failure("by_hand", "no matcher of ours formed it", proposal);
    const { state, skipped, replayed } = await stateBefore(log, { proposal, position });
    const mode = currentMode(state, state.pools.get(proposal.pool)?.mode ?? "");
    if (mode === undefined)
      return { ...failure("differs", `${proposal.pool} had no mode then`, proposal), replayed };
    const again = formAgain(state, proposal, {
      mode,
      skip: ({ ticketId }) => skipped.has(ticketId),
      budget: engineLimits.waveBudget,
      ...(plugins !== undefined && { plugins }),
    });
    const difference = differenceOf(proposal, again);
    if (difference !== null) return { ...failure("differs", difference, proposal), replayed };
    return { ok: true, proposal, position, replayed };
  } catch (error) {
    if (error instanceof StoreError && error.code === "TRIMMED")
      return failure("trimmed", "the log from before this match has been trimmed");
    throw error;
  }
}

function failure(
  reason: Extract<Verification, { ok: false }>["reason"],
  detail: string,
  proposal?: MatcherPropose,
): Verification {
  return { ok: false, reason, detail, ...(proposal !== undefined && { proposal }) };
}

async function proposalAt(log: Log, position: number): Promise<MatcherPropose | undefined> {
  for await (const { position: at, command } of entriesFrom(log, position)) {
    if (at === position) return command.type === "matcher.propose" ? command : undefined;
  }
  return undefined;
}

/** The state that a wave saw, and the tickets it left alone because they were proposed already. */
async function stateBefore(
  log: Log,
  { proposal, position }: { readonly proposal: MatcherPropose; readonly position: number },
): Promise<{ state: State; skipped: ReadonlySet<TicketId>; replayed: number }> {
  const { basis } = proposal.quality;
  const state = (await restoreNewest(log, basis.position)) ?? createState();
  const skipped = new Set<TicketId>();
  let replayed = 0;
  for await (const entry of entriesFrom(log, state.position + 1)) {
    if (entry.position >= position) break;
    if (entry.position <= basis.position) {
      applyEntry(state, entry);
      replayed += 1;
    } else if (entry.command.type === "matcher.propose" && !isOfWave(entry.command, proposal)) {
      for (const ticket of entry.command.teams.flat()) skipped.add(ticket);
    }
  }
  return { state, skipped, replayed };
}

/** Those of the same wave over a whole pool were formed together, and are formed together again. */
function isOfWave(other: MatcherPropose, { pool, quality: { basis } }: MatcherPropose): boolean {
  const theirs = other.quality.basis;
  const isSame = other.pool === pool && theirs.position === basis.position && theirs.at === basis.at;
  return isSame && basis.wave === "pool";
}

/** In words, what is not the same; null when all is. */
function differenceOf({ quality, roles }: MatcherPropose, again: FormedMatch | undefined): string | null {
  if (again === undefined) return "the same wave forms another match, or none";
  if (costSecsOf(again.costs) !== quality.costSecs)
    return `it costs ${costSecsOf(again.costs)} s, and ${quality.costSecs} s were claimed`;
  if (again.ratingGap !== quality.ratingGap)
    return `its teams are ${again.ratingGap} points apart, and ${quality.ratingGap} were claimed`;
  if (!isSame(again.costs, quality.costs)) return "its costs are others than those claimed";
  if (!isSame(again.roles, roles)) return "its roles are others than those claimed";
  const { considered, rejected } = again;
  if (isSame([considered, rejected], [quality.considered, quality.rejected])) return null;
  return `${considered} tickets were looked at, and ${quality.considered} were claimed, or others were kept away`;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
