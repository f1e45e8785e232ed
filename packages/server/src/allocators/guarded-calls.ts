import {
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  CountBreaker,
  circuitBreaker,
  ExponentialBackoff,
  fullJitterGenerator,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  isTaskCancelledError,
  type RetryPolicy,
  retry,
} from "cockatiel";
import { AllocatorError, isOfProvider, isWorthAnotherTry } from "./allocator-error.ts";
import type { AllocatorLimits } from "./limits.ts";

/** What waits in turn: allocations do not keep releases waiting, nor the other way round. */
export type Lane = "allocate" | "release";

/** Turns, tries and the breaker of one provider, shared by all matches. */
export class GuardedCalls {
  readonly #name: string;
  readonly #lanes: Readonly<Record<Lane, BulkheadPolicy>>;
  readonly #retry: RetryPolicy;
  readonly #breaker: CircuitBreakerPolicy;

  constructor(name: string, limits: AllocatorLimits) {
    this.#name = name;
    this.#lanes = {
      allocate: bulkhead(limits.atOnce, limits.allocationsWaiting),
      release: bulkhead(limits.atOnce, limits.releasesWaiting),
    };
    this.#retry = retry(handleWhen(isWorthAnotherTry), {
      maxAttempts: limits.tries - 1,
      backoff: new ExponentialBackoff({
        generator: fullJitterGenerator,
        initialDelay: limits.firstPauseMs,
        maxDelay: limits.pauseMsMax,
      }),
    });
    this.#breaker = circuitBreaker(handleWhen(isOfProvider), {
      breaker: new CountBreaker({
        size: limits.breakerCalls,
        minimumNumberOfCalls: limits.breakerCallsMin,
        threshold: limits.breakerPercent / 100,
      }),
      halfOpenAfter: limits.breakerOpenMs,
    });
  }

  /** Tries something in its turn, a few times if need be; ends with the signal at the latest. */
  async tries<Result>(
    lane: Lane,
    { attempt, signal }: { readonly attempt: () => Promise<Result>; readonly signal: AbortSignal },
  ): Promise<Result> {
    const attemptInTime = () => (signal.aborted ? Promise.reject(this.#ended(signal)) : attempt());
    const ended = Promise.withResolvers<never>();
    const end = () => ended.reject(this.#ended(signal));
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    try {
      // A turn that is waited for, or a pause, does not end with the signal by itself.
      const turn = this.#lanes[lane].execute(() => this.#retry.execute(attemptInTime, signal), signal);
      return await Promise.race([turn, ended.promise]);
    } catch (error) {
      if (isTaskCancelledError(error)) throw this.#ended(signal);
      if (!isBulkheadRejectedError(error)) throw error;
      throw new AllocatorError("ALLOCATOR_BUSY", `Too many requests wait for ${this.#name}.`);
    } finally {
      signal.removeEventListener("abort", end);
    }
  }

  /** One attempt, unless the provider is away. It counts as a whole: that a look-up works does not outweigh what comes after it. */
  async attempt<Result>(send: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#breaker.execute(send);
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      const message = `${this.#name} failed too often and is left alone for a moment.`;
      throw new AllocatorError("PROVIDER_AWAY", message, { cause: error });
    }
  }

  #ended({ reason }: AbortSignal): AllocatorError {
    if (reason instanceof AllocatorError) return reason;
    return new AllocatorError("PROVIDER_TIMEOUT", `${this.#name} has not answered in time.`, {
      cause: reason,
    });
  }
}
