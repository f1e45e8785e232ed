import {
  type Match,
  matchPlayerOf,
  type PlayerId,
  type State,
  type Ticket,
  type TicketEndReason,
} from "@matchforge/core";
import type { QueueEndReason, TicketView } from "@matchforge/protocol";
import { assignmentOf } from "../../auth/assignment.ts";
import { foundOf, gameResultOf } from "../../websocket/views/match-views.ts";
import { queueEndMessage } from "../../websocket/views/queue-end-message.ts";
import { queueUpdateOf } from "../../websocket/views/queue-update.ts";
import type { HttpDeps } from "../http-deps.ts";
import type { TicketEnd, TicketStory } from "./ticket-story.ts";
import { versionText } from "./ticket-version.ts";

type Deps = Pick<HttpDeps, "state" | "shardTime" | "wallClock" | "passes">;

/** What of a ticket may have nothing to show. */
const nothingElse = {
  expires_at: null,
  party_id: null,
  requeued: false,
  is_long_wait: false,
  position: null,
  estimated_wait_secs: null,
  match: null,
  assignment: null,
  ended: null,
  result: null,
} as const;

/** A ticket as one of its players sees it. */
export async function ticketViewOf(deps: Deps, story: TicketStory, player: PlayerId): Promise<TicketView> {
  const { ticket: ticket_id, end } = story;
  if (end !== null) return endedView(deps, { story, end, player });
  const state = deps.state();
  const ticket = state.tickets.get(ticket_id);
  const version = versionText({ at: story.at, figures: figuresOf(deps, story) });
  const isWaiting = ticket?.state === "waiting";
  const common = {
    ticket_id,
    state: isWaiting ? ("waiting" as const) : ("matched" as const),
    version,
    ...nothingElse,
    party_id: ticket?.party ?? null,
  };
  if (isWaiting) return { ...common, ...waitingView(deps, ticket) };
  const match = story.match === null ? undefined : state.matches.get(story.match);
  if (match === undefined) throw new Error(`${ticket_id} neither waits nor is matched nor has ended`);
  const shown = matchView(deps, match, player);
  return { ...common, match: shown, assignment: await httpAssignment(deps, match, player) };
}

/** The place and estimate of a waiting ticket, as its version has them; null once it does not wait. */
export function figuresOf({ state, shardTime }: Deps, { ticket: id }: TicketStory): string | null {
  const ticket = state().tickets.get(id);
  if (ticket?.state !== "waiting") return null;
  const { position, estimated_wait_secs } = queueUpdateOf(state(), ticket, shardTime());
  return `${position}.${estimated_wait_secs ?? "x"}`;
}

/** A player's assignment under the names of the HTTP side; null while there is none. */
export async function httpAssignment(
  { passes, shardTime, wallClock }: Deps,
  match: Match,
  player: PlayerId,
): Promise<TicketView["assignment"]> {
  const times = { shardTime: shardTime(), wallTime: wallClock() };
  const assignment = await assignmentOf(match, player, { passes, ...times });
  if (assignment === null) return null;
  const { match_id: lobby_id, ...rest } = assignment;
  return { lobby_id, ...rest };
}

function waitingView(deps: Deps, ticket: Ticket) {
  const { status, position, estimated_wait_secs } = queueUpdateOf(deps.state(), ticket, deps.shardTime());
  return {
    expires_at: wallTimeOf(deps, ticket.endAt),
    requeued: ticket.standings.some(({ orderAt, enqueuedAt }) => orderAt < enqueuedAt),
    is_long_wait: status === "long_wait",
    position,
    estimated_wait_secs,
  };
}

function matchView(deps: Deps, match: Match, player: PlayerId): NonNullable<TicketView["match"]> {
  const state: State = deps.state();
  const { phase, players } = match;
  const own = matchPlayerOf(match, player);
  const isChecked = phase.state === "MATCHED";
  const isLoading = phase.state === "PREPARING" && phase.pending?.includes("loading") === true;
  const startsAt =
    phase.state === "READY" ? phase.startsAt : phase.state === "ACTIVE" ? phase.startedAt : null;
  return {
    match_id: match.id,
    mode: match.mode,
    state: phase.state,
    deadline: wallTimeOf(deps, phase.deadline),
    accepted: !isChecked || own?.accepted === true,
    ready: isChecked ? players.filter(({ accepted }) => accepted).length : players.length,
    has_loaded: !isLoading || own?.loaded === true,
    loaded: isLoading ? players.filter(({ loaded }) => loaded).length : players.length,
    total: players.length,
    starts_at: startsAt === null ? null : wallTimeOf(deps, startsAt),
    ...foundOf(state, match, player),
    wager: match.stake.toString(),
  };
}

function endedView(
  deps: Deps,
  { story, end, player }: { story: TicketStory; end: TicketEnd; player: PlayerId },
): TicketView {
  const { reason, match, result: played } = end;
  const cooldownMs = (end.cooldowns.get(player) ?? 0) - deps.shardTime();
  return {
    ticket_id: story.ticket,
    state: "ended",
    version: versionText({ at: story.at, figures: null }),
    ...nothingElse,
    ended: {
      reason,
      message: endMessage(reason, isOwnDoing(story, end, player)),
      match_id: match?.id ?? null,
      match_state: match?.state ?? null,
      cooldown_secs: Math.max(0, Math.ceil(cooldownMs / 1_000)),
    },
    result:
      played === null || match === null || match.state === "VOIDED"
        ? null
        : gameResultOf({ id: match.id, ...played }, played.result, player),
  };
}

/** Where nobody is blamed, it was the doing of who waited alone, or of some mate. */
function isOwnDoing({ players }: TicketStory, { blamed }: TicketEnd, player: PlayerId): boolean {
  return blamed.length === 0 ? players.length === 1 : blamed.includes(player);
}

/** Why a ticket ended, for people. */
export function endMessage(reason: TicketEndReason | "voided", isOwn: boolean): string {
  if (reason === "played") return "The match was played.";
  if (reason === "voided") return "The match was void: everybody has their stake back.";
  return queueEndMessage(reason satisfies QueueEndReason, isOwn);
}

/** When a moment of shard time will come by the clocks on the wall, in unix ms, if time moves on normally. */
function wallTimeOf({ shardTime, wallClock }: Deps, moment: number): number {
  return Math.max(0, Math.round(wallClock() + moment - shardTime()));
}
