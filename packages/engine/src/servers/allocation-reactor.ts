import {
  type Command,
  contentHash,
  type Effect,
  emptyContentHash,
  type KernelEvent,
  type Match,
  type MatchId,
  regionsFor,
  releasedKeyOf,
  releaseKeysOf,
  type State,
} from "@matchforge/core";
import { engineLimits } from "../limits.ts";
import type { Clock, Report, Submit } from "../ports.ts";
import type { AllocatedServer, AllocationOutcome, AllocationRequest, ServerAllocator } from "./port.ts";

/**
 * Finds servers for matches while its node leads, and gives back what nobody needs any more. It has no memory of its
 * own: what is asked for, and what is owed back, are effects in the state, tried again until an outcome stands in the log.
 */
export class AllocationReactor {
  readonly #options: AllocationReactorOptions;
  /** What is being performed, by key. */
  readonly #busy = new Map<string, Doubt>();
  readonly #pauses = new Set<() => void>();
  #led = false;
  #stopped = false;

  constructor(options: AllocationReactorOptions) {
    this.#options = options;
  }

  /** Asks nobody any more, and waits for nothing: what is outstanding stands in the state for whoever leads next. */
  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#pauses]) end();
  }

  /** Called after every applied entry. */
  applied(events: readonly KernelEvent[]): void {
    const leads = this.#isOn;
    // Whoever led before may have asked somebody, and not have been heard since.
    if (leads && !this.#led)
      for (const effect of this.#options.state().effects.values()) this.#perform(effect, { isUnsure: true });
    this.#led = leads;
    if (!leads) return;
    for (const event of events) {
      if (event.type === "match.allocating") this.#perform(event.effect, { isUnsure: false });
      else if (mayOweRelease.has(event.type)) this.#performReleases((event as { match: MatchId }).match);
    }
  }

  #performReleases(match: MatchId): void {
    const { effects } = this.#options.state();
    for (const key of releaseKeysOf(match)) {
      const effect = effects.get(key);
      if (effect !== undefined) this.#perform(effect, { isUnsure: true });
    }
  }

  #perform(effect: Effect, { isUnsure }: { readonly isUnsure: boolean }): void {
    if (effect.kind !== "allocate" && effect.kind !== "release") return;
    const busy = this.#busy.get(effect.key);
    if (busy !== undefined) {
      busy.isUnsure ||= isUnsure;
      return;
    }
    const doubt = { isUnsure };
    this.#busy.set(effect.key, doubt);
    const performed =
      effect.kind === "allocate" ? this.#allocate(effect, doubt) : this.#releaseUntilDone(effect);
    performed
      .catch((error: unknown) => this.#report(`${effect.key}: ${error}`))
      .finally(() => this.#busy.delete(effect.key));
  }

  /** Asks one allocator after the other, a few times, until one has a server or the match needs none any more. */
  async #allocate(effect: Effect, doubt: Doubt): Promise<void> {
    const refusals = new Map<string, string>();
    for (let round = 0; round < engineLimits.allocationRounds; round += 1) {
      if (round > 0) await this.#pause(engineLimits.allocationPausesMs[round - 1], effect.key);
      for (const allocator of this.#options.allocators) {
        const match = this.#matchOf(effect);
        if (match === undefined) return;
        const outcome = await this.#ask(allocator, { effect, match, doubt });
        if (outcome.kind === "allocated")
          return this.#record(effect, { allocator, server: outcome.server, doubt });
        // That one has no room is no trouble while the next may have: only what is uncertain is told at once.
        if (outcome.kind === "unknown") {
          doubt.isUnsure = true;
          this.#report(`${effect.key}: ${allocator.name}: ${outcome.cause}`);
        } else refusals.set(allocator.name, outcome.reason);
      }
    }
    const { key } = effect;
    const reason = "no allocator has a server";
    const why = [...refusals].map(([name, said]) => `${name}: ${said}`).join("; ");
    if (this.#matchOf(effect) !== undefined) this.#report(`${key}: ${reason} (${why})`);
    await this.#sayUntilHeard(effect, () => {
      if (this.#matchOf(effect) === undefined) return undefined;
      return { type: "effect.failed", key, reason, isUnsure: doubt.isUnsure };
    });
  }

  /** Puts an outcome into the log, however long the store is away; `said` gives up with undefined. */
  async #sayUntilHeard({ key }: Effect, said: () => Command | undefined): Promise<void> {
    const pauses = engineLimits.releaseRetryMs;
    for (let attempt = 0; ; attempt += 1) {
      const command = this.#stopped ? undefined : said();
      if (command === undefined || (await this.#options.submit(command)).ok) return;
      await this.#pause(pauses[Math.min(attempt, pauses.length - 1)], key);
    }
  }

  /** The match that still waits for an answer to the request; undefined when it does not, or another node leads. */
  #matchOf({ key, matchId }: Effect): Match | undefined {
    const { state } = this.#options;
    return this.#isOn && state().effects.has(key) ? state().matches.get(matchId) : undefined;
  }

  async #ask(
    allocator: ServerAllocator,
    { effect, match, doubt }: { effect: Effect; match: Match; doubt: Doubt },
  ): Promise<AllocationOutcome> {
    const attempt = match.allocation?.attempt ?? 1;
    const request: AllocationRequest = {
      key: effect.key,
      match: match.id,
      mode: match.mode,
      regions: regionsFor(this.#options.state(), match),
      players: match.players.map(({ id: player, team }) => ({ player, team })),
      credential: await this.#options.credentialFor({ match: match.id, attempt }),
      isUnsure: doubt.isUnsure,
    };
    return allocator.allocate(request);
  }

  /** An answer that the kernel does not take, because it came too late, is owed back by the release that it left. */
  async #record(
    effect: Effect,
    options: { allocator: ServerAllocator; server: AllocatedServer; doubt: Doubt },
  ): Promise<void> {
    const { allocator, server, doubt } = options;
    if (allocator.isRecorded) return;
    const { key } = effect;
    const { name } = allocator;
    await this.#sayUntilHeard(effect, () => {
      if (this.#matchOf(effect) === undefined) return undefined;
      const { isUnsure } = doubt;
      return { type: "server.lent", key, allocator: name, ...server, isUnsure };
    });
  }

  async #releaseUntilDone(effect: Effect): Promise<void> {
    for (let attempt = 0; this.#isOn; attempt += 1) {
      const current = this.#options.state().effects.get(effect.key);
      if (current === undefined) return;
      if (await this.#release(current))
        await this.#options.submit({ type: "effect.done", key: effect.key, txHash: null });
      // Where the store was away the log does not know of it: that nothing is held is soon asked again.
      if (!this.#options.state().effects.has(effect.key)) return;
      const pauses = engineLimits.releaseRetryMs;
      await this.#pause(pauses[Math.min(attempt, pauses.length - 1)], effect.key);
    }
  }

  /** Whether nobody holds anything under the key any more, but the one who keeps what it gave. */
  async #release(effect: Effect): Promise<boolean> {
    const { except, only } = effect;
    const { allocators } = this.#options;
    const asked = allocators.filter(({ name }) => (only === undefined ? name !== except : name === only));
    if (only !== undefined && asked.length === 0) {
      this.#report(`${effect.key}: ${only} lent a server, and this node has no such allocator`);
      return false;
    }
    const request = { key: releasedKeyOf(effect), match: effect.matchId };
    const outcomes = await Promise.all(asked.map((allocator) => allocator.release(request)));
    for (const outcome of outcomes)
      if (outcome.kind === "unknown") this.#report(`${effect.key}: ${outcome.cause}`);
    return outcomes.every(({ kind }) => kind === "done");
  }

  /** A pause that differs from match to match, so that a crowd that failed together does not come back together. */
  #pause(ms: number, key: string): Promise<void> {
    const share = contentHash(emptyContentHash, key).low / 2 ** 32;
    if (this.#stopped) return Promise.resolve();
    return new Promise((resume) => {
      const end = () => {
        cancel();
        this.#pauses.delete(end);
        resume();
      };
      const cancel = this.#options.clock.after(Math.round(ms * (0.5 + share)), end);
      this.#pauses.add(end);
    });
  }

  get #isOn(): boolean {
    return !this.#stopped && this.#options.leads();
  }

  #report(detail: string): void {
    this.#options.report({ code: "ALLOCATION_FAILED", detail });
  }
}

/** Whether somebody else may have been asked as well: a node that leads again does not know what was done meanwhile. */
interface Doubt {
  isUnsure: boolean;
}

const mayOweRelease: ReadonlySet<KernelEvent["type"]> = new Set([
  "match.allocated",
  "match.unallocated",
  "match.server_lost",
  "match.resolved",
  "match.cancelled",
  "match.voided",
]);

export interface AllocationReactorOptions {
  readonly state: () => State;
  readonly leads: () => boolean;
  readonly submit: Submit;
  /** In the order in which they are asked. */
  readonly allocators: readonly ServerAllocator[];
  /** What the server of a match's attempt acts with. */
  readonly credentialFor: (server: {
    readonly match: MatchId;
    readonly attempt: number;
  }) => Promise<string> | string;
  readonly clock: Clock;
  readonly report: Report;
}
