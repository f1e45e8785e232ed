import type { Effect, KernelEvent, Match, State } from "@matchforge/core";
import type { Chain, ChainOutcome } from "../chain/port.ts";
import { duelText } from "../dice/duel-text.ts";
import { engineLimits } from "../limits.ts";
import type { Clock, Dice, Report, Submit } from "../ports.ts";

/**
 * Performs outstanding effects while its node leads, and reports each outcome as a command. It has no
 * memory of its own: what is owed stands in the state, and is tried again until the state says it is done.
 */
export class EffectsReactor {
  readonly #options: EffectsReactorOptions;
  readonly #busy = new Set<string>();
  #led = false;

  constructor(options: EffectsReactorOptions) {
    this.#options = options;
  }

  /** Called after every applied entry. */
  applied(events: readonly KernelEvent[]): void {
    const leads = this.#options.leads();
    if (leads && (!this.#led || events.some(({ type }) => type === "shard.resumed")))
      for (const effect of this.#options.state().effects.values()) this.#perform(effect, 0);
    this.#led = leads;
    if (!leads) return;
    for (const event of events) {
      if (event.type === "match.preparing") for (const effect of event.effects) this.#perform(effect, 0);
      else if (event.type === "match.beginning") this.#perform(event.effect, 0);
      else if (event.type === "match.resolved" && event.effect !== null) this.#perform(event.effect, 0);
    }
  }

  #perform(effect: Effect, attempt: number): void {
    // Servers are the allocators' business.
    if (effect.kind === "allocate" || effect.kind === "release") return;
    if (this.#busy.has(effect.key)) return;
    const match = this.#options.state().matches.get(effect.matchId);
    if (match === undefined || !this.#options.state().effects.has(effect.key) || !this.#options.leads())
      return;
    // Where replicas disagree nobody knows what is owed. It is tried again when an operator says so.
    if (movesMoney(effect) && this.#options.state().haltedAt !== undefined) return;
    this.#busy.add(effect.key);
    this.#attempt(effect, match)
      .catch((error: unknown) =>
        this.#options.report({ code: "EFFECT_FAILED", detail: `${effect.key}: ${error}` }),
      )
      .finally(() => {
        this.#busy.delete(effect.key);
        if (!this.#options.state().effects.has(effect.key)) return;
        const pauses = engineLimits.effectRetryMs;
        const pauseMs = pauses[Math.min(attempt, pauses.length - 1)];
        this.#options.clock.after(pauseMs, () => this.#perform(effect, attempt + 1));
      });
  }

  async #attempt(effect: Effect, match: Match): Promise<void> {
    const { submit, dice } = this.#options;
    if (effect.kind === "begin") {
      await submit({ type: "match.begin", match: match.id, ...duelText(dice, match) });
      return;
    }
    const outcome = await this.#ask(effect, match);
    if (outcome.kind === "unknown") throw outcome.cause;
    if (outcome.kind === "failed")
      await submit({ type: "effect.failed", key: effect.key, reason: outcome.reason });
    else await submit({ type: "effect.done", key: effect.key, txHash: outcome.txHash });
  }

  #ask(effect: Effect, match: Match): Promise<ChainOutcome> {
    const { chain } = this.#options;
    if (effect.kind === "escrow") {
      const stakes = match.players.map((player) => ({ player: player.id, amount: player.stake }));
      return chain.openEscrow({ key: effect.key, match: match.id, stakes });
    }
    if (match.phase.state !== "RESOLVED")
      return Promise.resolve({ kind: "unknown", cause: new Error("no result") });
    const { result } = match.phase;
    const payouts = result.players.map(({ player, payout }) => ({ player, amount: payout }));
    return chain.settle({ key: effect.key, match: match.id, payouts, burned: result.burned });
  }
}

function movesMoney({ kind }: Effect): boolean {
  return kind === "escrow" || kind === "settle";
}

export interface EffectsReactorOptions {
  readonly state: () => State;
  readonly leads: () => boolean;
  readonly submit: Submit;
  readonly chain: Chain;
  readonly dice: Dice;
  readonly clock: Clock;
  readonly report: Report;
}
