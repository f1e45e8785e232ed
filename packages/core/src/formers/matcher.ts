import type { TicketId } from "../ids.ts";
import type { RejectReason } from "../matching/accepts.ts";
import type { Standing } from "../matching/standing.ts";
import type { TeamFormat } from "../matching/teams/team-format.ts";
import type { ModeRules } from "../rules/rules.ts";

/** What a game's own matcher sees of a pool. */
export interface MatcherView {
  readonly mode: ModeRules;
  /** Shard time in ms: what ages are measured by. */
  readonly at: number;
  /** Those who can be matched, the longest waiting first. */
  readonly tickets: readonly Standing[];
  /** The most matches that are taken from one wave. */
  readonly matchesMax: number;
  /** What a ticket brought along, as JSON; undefined: nothing. */
  readonly customOf: (ticket: TicketId) => string | undefined;
  /** Why the rules keep two tickets apart; null when they may play together. */
  readonly accepts: (left: Standing, right: Standing) => RejectReason | null;
}

/** A match that a game's own matcher suggests. */
export interface SuggestedMatch {
  /** By team, its tickets. */
  readonly teams: readonly (readonly TicketId[])[];
  /** In modes with roles: by team, the role of each player, in the order of its tickets and their players. */
  readonly roles?: readonly (readonly string[])[];
  /** What the match costs, in seconds that its players would have waited for better. Default 0. */
  readonly costSecs?: number;
}

/**
 * A game's own matcher. It only ever suggests: the kernel judges every match by the mode's rules, so a wrong one
 * wastes work but books nobody twice. Pure: it looks at nothing but the view.
 *
 * @example
 * // First come, first served.
 * const inOrder: Matcher = {
 *   propose: ({ tickets }) => tickets.length < 2 ? [] : [{ teams: [[tickets[0].ticketId], [tickets[1].ticketId]] }],
 * };
 */
export interface Matcher {
  /** Suggests matches among those who wait. Throwing, or naming tickets that are not in the view, skips the mode for a while. */
  propose(view: MatcherView): readonly SuggestedMatch[];
}

/** A game's own way to put the tickets of a match on teams. */
export interface TeamAssigner {
  /** By team of the format, the ids of its tickets: each of those given once. */
  assign(request: {
    readonly tickets: readonly Standing[];
    readonly format: TeamFormat;
  }): readonly (readonly TicketId[])[];
}

/** What a game brings along for matching, by the names its rules use. */
export interface MatchingPlugins {
  readonly matchers?: Readonly<Record<string, Matcher>>;
  readonly teamAssigners?: Readonly<Record<string, TeamAssigner>>;
}
