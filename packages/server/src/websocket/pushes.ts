import {
  type Entry,
  type KernelEvent,
  type Match,
  type MatchCancelled,
  type MatchId,
  modeOfMatch,
  type PlayerId,
} from "@matchforge/core";
import type { ServerMessages, ServerMessageType } from "@matchforge/protocol";
import { AllocationPushes } from "./allocation-pushes.ts";
import { announce } from "./announcement-pushes.ts";
import type { MatchRooms } from "./match-rooms.ts";
import { PartyPushes } from "./party-pushes.ts";
import type { GatewayDeps } from "./ports.ts";
import { QueuePushes } from "./queue-pushes.ts";
import { RoundPushes } from "./round-pushes.ts";
import type { Session } from "./session.ts";
import { foundOf, gameResultOf } from "./views/match-views.ts";
import { commitmentOf, sessionSyncOf } from "./views/session-sync.ts";
import { wallTimeOf } from "./views/wall-time.ts";

/** Tells this node's players what happened to them, in the order in which it happened. */
export class Pushes {
  readonly #deps: GatewayDeps;
  readonly #rooms: MatchRooms;
  readonly #sessionOf: (player: PlayerId) => Session | undefined;
  readonly #sessions: ReadonlyMap<PlayerId, Session>;
  readonly #queue: QueuePushes;
  readonly #parties: PartyPushes;
  readonly #rounds: RoundPushes;
  readonly #allocations: AllocationPushes;

  constructor(options: {
    readonly deps: GatewayDeps;
    readonly rooms: MatchRooms;
    readonly sessionOf: (player: PlayerId) => Session | undefined;
    readonly sessions: ReadonlyMap<PlayerId, Session>;
  }) {
    this.#sessions = options.sessions;
    this.#deps = options.deps;
    this.#rooms = options.rooms;
    this.#sessionOf = options.sessionOf;
    this.#queue = new QueuePushes(options);
    const { sessionOf } = options;
    this.#parties = new PartyPushes({ node: options.deps.node, sessionOf });
    this.#rounds = new RoundPushes({ node: options.deps.node, sessionOf });
    this.#allocations = new AllocationPushes({ deps: options.deps, rooms: options.rooms, sessionOf });
  }

  /** One event of an entry that has just been applied. */
  event(entry: Entry, event: KernelEvent): void {
    this.#queue.event(entry, event);
    this.#parties.event(entry, event);
    this.#rounds.event(entry, event);
    this.#allocations.event(entry, event);
    announce(this.#sessions.values(), event);
    switch (event.type) {
      case "match.created":
        if (event.state !== "FORMING") this.#found(entry, event.match);
        return;
      case "match.accepted": {
        const { match: match_id, ready, total } = event;
        return this.#toMatch(entry, match_id, "match.ready_update", { match_id, ready, total });
      }
      case "match.preparing":
        if (this.#isRound(event.match)) this.#found(entry, event.match);
        return this.#state(entry, event.match, "PREPARING");
      case "match.ready":
        return this.#countdown(entry, event.match, event.startsAt);
      case "match.started":
        return this.#started(entry, event);
      case "match.counting":
        for (const session of this.#sessionsIn(event.match)) {
          if (session.typing?.matchId === event.match) void session.typing.count();
        }
        return;
      default:
        return this.#laterEvent(entry, event);
    }
  }

  #laterEvent(entry: Entry, event: KernelEvent): void {
    switch (event.type) {
      case "match.resolved": {
        const room = this.#rooms.of(event.match);
        for (const session of this.#sessionsIn(event.match)) {
          session.typing?.end();
          session.typing = null;
          const data = gameResultOf({ id: event.match, ...room }, event.result, session.player);
          session.push("game.result", data, entry.position);
        }
        return;
      }
      case "match.settled":
        for (const session of this.#sessionsIn(event.match)) {
          const payout = event.payouts.find(({ player }) => player === session.player)?.amount ?? 0n;
          const data = { match_id: event.match, payout: payout.toString(), tx_hash: event.txHash };
          session.push("match.settled", data, entry.position);
        }
        return;
      case "match.cancelled":
        return this.#cancelled(entry, event);
      case "match.voided":
        return this.#state(entry, event.match, "VOIDED");
      case "player.connected":
        if (event.backIn !== null) this.#opponentBack(entry, event.backIn, event.player);
        return;
      case "player.disconnected":
        if (event.match !== null) this.#opponentAway(entry, event.match, event.player);
        return;
      case "node.orphaned":
        for (const match of event.matches) for (const session of this.#sessionsIn(match)) this.sync(session);
        return;
    }
  }

  /** Tells a player everything anew; a ping asks whether a match that waits for them has been delivered. */
  sync(session: Session): void {
    const { node, clock } = this.#deps;
    session.push(
      "session.sync",
      sessionSyncOf(this.#deps, session, this.#parties.invitationsOf(session.player)),
      node.state.position,
    );
    const id = node.state.players.get(session.player)?.match;
    const match = id ? node.state.matches.get(id) : undefined;
    if (match?.phase.state === "MATCHED") session.connection.ping(clock.now(), match.id);
    if (match?.phase.state === "ACTIVE") this.#othersAway(match, session);
    if (match?.allocation !== undefined) this.#allocations.assigned(session, match.id, node.state.position);
  }

  /** The picture itself does not say who is away, and a fault of ours is no disconnect that was told. */
  #othersAway(match: Match, session: Session): void {
    const { node } = this.#deps;
    for (const { id: player_id, absentUntil, forfeited } of match.players) {
      if (player_id === session.player || forfeited || absentUntil === Number.POSITIVE_INFINITY) continue;
      const grace_period_secs = Math.max(0, Math.ceil((absentUntil - node.shardTime()) / 1_000));
      const data = { match_id: match.id, player_id, grace_period_secs };
      session.push("match.opponent_disconnected", data, node.state.position);
    }
  }

  #sessionsIn(match: MatchId): Session[] {
    const { players } = this.#rooms.of(match);
    const sessions: Session[] = [];
    for (const player of players) {
      const session = this.#sessionOf(player);
      if (session !== undefined) sessions.push(session);
    }
    return sessions;
  }

  #toMatch<Type extends ServerMessageType>(
    entry: Entry,
    match: MatchId,
    type: Type,
    data: ServerMessages[Type],
  ): void {
    for (const session of this.#sessionsIn(match)) session.push(type, data, entry.position);
  }

  /** A round is found when nobody joins it any more. */
  #isRound(id: MatchId): boolean {
    return this.#deps.node.state.matches.get(id)?.round != null;
  }

  #found(entry: Entry, id: MatchId): void {
    const match = this.#deps.node.state.matches.get(id);
    if (match === undefined) return;
    const asked = match.phase.state === "MATCHED";
    const accept_deadline = asked ? wallTimeOf(this.#deps, match.phase.deadline) : null;
    for (const session of this.#sessionsIn(id)) {
      const found = foundOf(this.#deps.node.state, match, session.player);
      const data = {
        match_id: match.id,
        mode: match.mode,
        ...found,
        wager: match.stake.toString(),
        accept_deadline,
      };
      session.push("match.found", data, entry.position);
      if (asked) session.connection.ping(this.#deps.clock.now(), match.id);
    }
  }

  #countdown(entry: Entry, id: MatchId, startsAt: number): void {
    const match = this.#deps.node.state.matches.get(id);
    if (match === undefined) return;
    const leftMs = Math.max(0, startsAt - this.#deps.node.shardTime());
    this.#toMatch(entry, id, "match.countdown", {
      match_id: id,
      seconds_remaining: Math.ceil(leftMs / 1_000),
      ...commitmentOf(match),
      game_starts_at: wallTimeOf(this.#deps, startsAt),
    });
  }

  #started(entry: Entry, event: Extract<KernelEvent, { type: "match.started" }>): void {
    const { match, startedAt, endsAt, text, salt } = event;
    this.#rooms.started(match, text?.length ?? 0);
    this.#toMatch(entry, match, "game.started", {
      match_id: match,
      duration_secs: (endsAt - startedAt) / 1_000,
      ...(text !== null && salt !== null && { code_sequence: text, code_salt: salt }),
    });
  }

  #cancelled(entry: Entry, event: MatchCancelled): void {
    for (const session of this.#sessionsIn(event.match)) {
      const fate = event.fates.find(({ players }) => players.includes(session.player));
      const offender = event.offenders.find(({ player }) => player === session.player);
      const cooldownMs =
        offender === undefined ? 0 : Math.max(0, offender.cooldownUntil - this.#deps.node.shardTime());
      const data = {
        match_id: event.match,
        reason: event.reason,
        requeued: fate?.ended === null,
        cooldown_secs: Math.ceil(cooldownMs / 1_000),
      };
      session.push("match.cancelled", data, entry.position);
    }
    const blamed = [...event.offenders.map(({ player }) => player), ...event.undelivered];
    for (const { players, ended } of event.fates) {
      if (ended === null || ended === "played") continue;
      const own = blamed.filter((player) => players.includes(player));
      this.#queue.ended(entry, { players, reason: ended, blamed: own });
    }
  }

  #state(entry: Entry, match_id: MatchId, state: "PREPARING" | "VOIDED"): void {
    const timestamp = new Date(entry.at).toISOString();
    this.#toMatch(entry, match_id, "game.state", { match_id, state, timestamp });
  }

  #opponentAway(entry: Entry, id: MatchId, player: PlayerId): void {
    const match = this.#deps.node.state.matches.get(id);
    if (match === undefined) return;
    const grace_period_secs = modeOfMatch(this.#deps.node.state, match).graceMs / 1_000;
    const data = { match_id: id, player_id: player, grace_period_secs };
    for (const session of this.#othersIn(match, player))
      session.push("match.opponent_disconnected", data, entry.position);
  }

  #opponentBack(entry: Entry, id: MatchId, player: PlayerId): void {
    const match = this.#deps.node.state.matches.get(id);
    if (match === undefined || match.phase.state !== "ACTIVE") return;
    const data = { match_id: id, player_id: player };
    for (const session of this.#othersIn(match, player))
      session.push("match.opponent_reconnected", data, entry.position);
  }

  #othersIn(match: Match, player: PlayerId): Session[] {
    return this.#sessionsIn(match.id).filter((session) => session.player !== player);
  }
}
