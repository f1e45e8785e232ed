import { setTimeout as pause } from "node:timers/promises";
import type { AllocationOutcome, AllocationRequest, ReleaseOutcome, ServerAllocator } from "matchforge";
import { AllocatorError, isWithoutEffect } from "./allocator-error.ts";
import { GuardedCalls } from "./guarded-calls.ts";
import { type KeyRecord, KeyRecords } from "./key-records.ts";
import type { AllocatorLimits } from "./limits.ts";
import type { Provider, ProviderAnswer } from "./provider.ts";

/**
 * The promises of `ServerAllocator` on top of a provider that can fail at any moment: tries and a breaker,
 * one request per key at a time, and a release that waits out what may still arrive late.
 *
 * @example
 * const allocator = new OutsideAllocator(provider, allocatorLimits);
 */
export class OutsideAllocator implements ServerAllocator {
  readonly name: string;
  readonly #provider: Provider;
  readonly #limits: AllocatorLimits;
  readonly #calls: GuardedCalls;
  readonly #keys: KeyRecords;
  readonly #closing = new AbortController();

  constructor(provider: Provider, limits: AllocatorLimits) {
    this.name = provider.name;
    this.#provider = provider;
    this.#limits = limits;
    this.#calls = new GuardedCalls(provider.name, limits);
    this.#keys = new KeyRecords(limits);
  }

  allocate(request: AllocationRequest): Promise<AllocationOutcome> {
    const record = this.#keys.asked(request.key, request);
    record.allocating ??= this.#allocate(request, record).finally(() => {
      record.allocating = null;
    });
    return record.allocating;
  }

  release({ key }: { readonly key: string }): Promise<ReleaseOutcome> {
    const record = this.#keys.released(key);
    record.releasing ??= this.#release(key, record).finally(() => {
      record.releasing = null;
    });
    return record.releasing;
  }

  async close(): Promise<void> {
    this.#closing.abort(new AllocatorError("ALLOCATOR_CLOSED", `The allocator ${this.name} was closed.`));
    await Promise.all(this.#keys.unfinished());
    await this.#provider.close();
  }

  async #allocate(request: AllocationRequest, record: KeyRecord): Promise<AllocationOutcome> {
    const signal = AbortSignal.any([AbortSignal.timeout(this.#limits.allocateMs), this.#closing.signal]);
    const attempt = () => this.#calls.attempt(() => this.#attempt(request, { record, signal }));
    try {
      const answer = await this.#calls.tries("allocate", { attempt, signal });
      if (record.isReleased) throw this.#released(request.key);
      if (answer.kind === "none" && record.mayBeHeld) throw mayBeHeld(answer.reason);
      return answer;
    } catch (error) {
      // Only what is known to have had no effect is certain; a mistake of ours is not.
      if (record.mayBeHeld || !(error instanceof AllocatorError)) return { kind: "unknown", cause: error };
      return { kind: "none", reason: `${error.code}: ${error.message}` };
    }
  }

  async #attempt(
    request: AllocationRequest,
    { record, signal }: { readonly record: KeyRecord; readonly signal: AbortSignal },
  ): Promise<ProviderAnswer> {
    if (record.mayBeHeld || !this.#provider.honoursKeys) {
      const find = () => this.#provider.find(request.key, signal);
      const server = await this.#send(find, { record, key: request.key });
      if (server !== null) {
        record.mayBeHeld = true;
        return { kind: "allocated", server };
      }
    }
    return this.#ask(request, { record, signal });
  }

  async #ask(
    request: AllocationRequest,
    { record, signal }: { readonly record: KeyRecord; readonly signal: AbortSignal },
  ): Promise<ProviderAnswer> {
    const before = record.mayBeHeld;
    record.mayBeHeld = true;
    try {
      const answer = await this.#send(() => this.#provider.ask(request, signal), {
        record,
        key: request.key,
      });
      if (answer.kind === "none") record.mayBeHeld = before;
      return answer;
    } catch (error) {
      if (isWithoutEffect(error)) record.mayBeHeld = before;
      else record.lateUntilMs = performance.now() + this.#limits.lateMs;
      throw error;
    }
  }

  /** One request under a key, which a release waits for; none once a release was asked for. */
  async #send<Result>(
    send: () => Promise<Result>,
    { record, key }: { readonly record: KeyRecord; readonly key: string },
  ): Promise<Result> {
    if (record.isReleased) throw this.#released(key);
    const request = send();
    record.underWay = request;
    try {
      return await request;
    } finally {
      if (record.underWay === request) record.underWay = null;
    }
  }

  async #release(key: string, record: KeyRecord): Promise<ReleaseOutcome> {
    record.isReleased = true;
    await Promise.allSettled([record.underWay]);
    try {
      await this.#free(key);
      const lateMs = record.lateUntilMs - performance.now();
      if (lateMs > 0) {
        await pause(lateMs, undefined, { signal: this.#closing.signal });
        await this.#free(key);
      }
      record.mayBeHeld = false;
      return { kind: "done" };
    } catch (cause) {
      return { kind: "unknown", cause };
    }
  }

  #free(key: string): Promise<void> {
    const { signal } = this.#closing;
    const attempt = () => this.#calls.attempt(() => this.#provider.free(key, signal));
    return this.#calls.tries("release", { attempt, signal });
  }

  #released(key: string): AllocatorError {
    return new AllocatorError(
      "RELEASED",
      `${key} was released; ${this.name} allocates nothing under it again.`,
    );
  }
}

function mayBeHeld(reason: string): AllocatorError {
  return new AllocatorError(
    "MAY_BE_HELD",
    `An earlier request may still have effect; the last one: ${reason}`,
  );
}
