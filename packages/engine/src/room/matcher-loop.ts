import type {
  Command,
  Entry,
  KernelEvent,
  MatcherPropose,
  MatchId,
  RoundFill,
  State,
  TicketId,
} from "@matchforge/core";
import { kernelLimits, type MatchingPlugins, matchesMaxOf } from "@matchforge/core";
import { engineLimits } from "../limits.ts";
import type { Clock, Dice, Ids } from "../ports.ts";
import { proposalsOf } from "./proposals-of.ts";
import { type WatchedPool, WatchedPools } from "./watched-pools.ts";

/**
 * Forms matches while its node leads: a wave runs at once when a pool changed and its last wave is old
 * enough, else as soon as it is. It only ever suggests; the kernel judges every proposal.
 */
export class MatcherLoop {
  readonly #options: MatcherLoopOptions;
  readonly #pools: WatchedPools;
  /** Tickets in proposals of ours that the kernel has not judged yet, and until when to wait for that. */
  readonly #proposed = new Map<TicketId, { readonly match: MatchId; readonly until: number }>();
  #cancelTimer: () => void = () => {};
  #timerAt = Number.POSITIVE_INFINITY;
  #appliedAt = 0;
  #led = false;
  #rulesVersion = 0;
  #planned = false;

  constructor(options: MatcherLoopOptions) {
    this.#options = options;
    const { clock } = options;
    this.#pools = new WatchedPools({ measureMs: () => clock.now(), ...options });
  }

  /** Called after every applied entry. */
  applied(entry: Entry, events: readonly KernelEvent[]): void {
    this.#appliedAt = this.#options.clock.now();
    if (entry.command.type === "matcher.propose" || entry.command.type === "round.fill")
      this.#answered(entry.command, events);
    const leads = this.#options.leads() && this.#options.state().haltedAt === undefined;
    if (leads && (!this.#led || this.#rulesVersion !== this.#options.state().rulesVersion)) this.#startOver();
    this.#led = leads;
    if (!leads) return;
    for (const event of events) this.#notice(event);
    this.#plan();
  }

  stop(): void {
    this.#led = false;
    this.#cancelTimer();
  }

  /** A fresh leader, or new rules: every waiting ticket is looked at again. */
  #startOver(): void {
    this.#rulesVersion = this.#options.state().rulesVersion;
    this.#proposed.clear();
    this.#pools.startOver();
  }

  #answered(proposal: MatcherPropose | RoundFill, events: readonly KernelEvent[]): void {
    // Whatever else stands in the log says nothing of our matchers.
    if (!ticketsOf(proposal).some((id) => this.#proposed.get(id)?.match === proposal.match)) return;
    const refused = events.find((event) => event.type === "refused" && event.command === proposal.type);
    for (const ticket of ticketsOf(proposal)) {
      this.#proposed.delete(ticket);
      if (refused !== undefined) this.#pools.touch(ticket);
    }
    const code = refused?.type === "refused" && !this.#isOvertaken(proposal) ? refused.code : null;
    const trouble = this.#pools.find(proposal.pool)?.judged(code, this.#options.clock.now()) ?? null;
    const { term } = this.#options.state();
    if (trouble !== null && this.#led) this.#options.submit({ type: "matcher.violation", term, ...trouble });
  }

  /** Judged before its time, as where the log's clock was set back, or when others had joined its round: no matcher knew. */
  #isOvertaken({ match, quality }: MatcherPropose | RoundFill): boolean {
    const { time, matches } = this.#options.state();
    const { at } = quality.basis;
    return time < at || (matches.get(match)?.formedAt ?? at) > at;
  }

  #notice(event: KernelEvent): void {
    switch (event.type) {
      case "ticket.queued":
        return this.#pools.touch(event.ticket);
      case "match.cancelled":
        for (const fate of event.fates) if (fate.ended === null) this.#pools.touch(fate.ticket);
        if (event.reason === "no_server")
          for (const pool of this.#pools.ofMode(event.mode)) pool.shortOfServers(this.#appliedAt);
        return;
      case "match.allocated": {
        const mode = this.#options.state().matches.get(event.match)?.mode ?? "";
        for (const pool of this.#pools.ofMode(mode)) pool.served();
        return;
      }
      case "round.left":
        if (event.ended === null) this.#pools.touch(event.ticket);
        return;
      case "player.connected": {
        const ticket = this.#options.state().players.get(event.player)?.ticket;
        if (ticket) this.#pools.touch(ticket);
        return;
      }
    }
  }

  /** One look at all pools per turn, however many entries the turn brought. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#options.clock.soon(() => {
      this.#planned = false;
      if (this.#led) this.#runDue();
    });
  }

  #runDue(): void {
    const at = this.#shardTime();
    const now = this.#options.clock.now();
    this.#forgetUnanswered(now);
    let nextInMs = Number.POSITIVE_INFINITY;
    for (const watched of this.#pools.byPriority()) {
      const waitMs = watched.dueInMs(now, at);
      if (waitMs > 0) {
        nextInMs = Math.min(nextInMs, waitMs);
        continue;
      }
      for (const command of this.#wave(watched, now, at)) this.#options.submit(command);
      nextInMs = Math.min(nextInMs, Math.max(watched.dueInMs(now, at), 1));
    }
    this.#setTimer(now, nextInMs);
  }

  /** A proposal that never reached the log must not keep its tickets from being matched. */
  #forgetUnanswered(now: number): void {
    for (const [ticket, { until }] of this.#proposed) {
      if (until > now) return;
      this.#proposed.delete(ticket);
      this.#pools.touch(ticket);
    }
  }

  /** What one wave of a pool leads to: proposals, or the news that its matcher failed. */
  #wave(watched: WatchedPool, now: number, at: number): Command[] {
    const state = this.#options.state();
    const secretEpoch = [...state.secretEpochs.keys()].at(-1);
    if (secretEpoch === undefined) return [];
    const { mode } = watched;
    const { dice, ids } = this.#options;
    const { matches, trouble } = watched.run({
      now,
      at,
      matchesMax: matchesMaxOf(state, mode),
      budget: engineLimits.waveBudget,
      skip: (standing) => this.#proposed.has(standing.ticketId),
    });
    const proposals = proposalsOf(matches, { watched, state, at, secretEpoch, dice, ids });
    const until = now + engineLimits.proposalAnswerMs;
    for (const proposal of proposals)
      for (const id of ticketsOf(proposal)) this.#proposed.set(id, { match: proposal.match, until });
    if (trouble === null) return proposals;
    return [...proposals, { type: "matcher.violation", term: state.term, ...trouble }];
  }

  #setTimer(now: number, inMs: number): void {
    const at = now + inMs;
    if (at === this.#timerAt) return;
    this.#cancelTimer();
    this.#timerAt = at;
    if (inMs === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#options.clock.after(inMs, () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      if (this.#led) this.#runDue();
    });
  }

  /** Shard time now: a little behind, so that a proposal is never judged before its time. */
  #shardTime(): number {
    const sinceMs = Math.min(this.#options.clock.now() - this.#appliedAt, kernelLimits.maxStepMs);
    return Math.max(this.#options.state().time, Math.floor(this.#options.state().time + sinceMs) - 1);
  }
}

function ticketsOf(proposal: MatcherPropose | RoundFill): readonly TicketId[] {
  return proposal.type === "round.fill" ? proposal.tickets : proposal.teams.flat();
}

export interface MatcherLoopOptions {
  readonly state: () => State;
  /** What the game brings along for matching. */
  readonly matching?: MatchingPlugins;
  /** What the time a plug-in takes is measured with, in ms. Default: the clock. */
  readonly measureMs?: () => number;
  readonly leads: () => boolean;
  readonly submit: (command: Command) => void;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly ids: Ids;
}
