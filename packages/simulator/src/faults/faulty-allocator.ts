import type { AllocationOutcome, AllocationRequest, ReleaseOutcome, ServerAllocator } from "matchforge";
import type { Provider, ProviderAnswer } from "../servers/provider.ts";
import type { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { FaultCounts } from "./fault-counts.ts";
import { rates } from "./fault-rates.ts";

const tries = 2;
/** A request without an answer is given up after this. */
const unansweredMs = 6_000;
/** After so many requests in a row without an answer nobody is asked for a while. */
const silencesMax = 4;
const leftAloneMs = 8_000;

/**
 * Who lends servers as one run of a node has them: answers are slow, get lost, or come to nobody; requests are carried
 * out twice, or long after they were given up.
 */
export class FaultyAllocator implements ServerAllocator {
  readonly name = "outside";
  readonly #options: FaultyAllocatorOptions;
  /** Keys under which something may be held. */
  readonly #asked = new Set<string>();
  #silences = 0;
  #leftAloneUntil = 0;

  constructor(options: FaultyAllocatorOptions) {
    this.#options = options;
  }

  async allocate(request: AllocationRequest): Promise<AllocationOutcome> {
    for (let attempt = 0; attempt < tries && !this.#isLeftAlone; attempt += 1) {
      const isFirst = !request.isUnsure && !this.#asked.has(request.key);
      this.#asked.add(request.key);
      const answer = await this.#ask(request);
      this.#heard(answer !== null);
      if (answer === null) continue;
      if (answer === "full" && isFirst) {
        this.#asked.delete(request.key);
        return none("it has nothing to lend");
      }
      if (answer !== "full" && answer !== "gone") return { kind: "allocated", server: answer };
      return unknown();
    }
    const isUntouched = !request.isUnsure && !this.#asked.has(request.key);
    return isUntouched ? none("it does not answer anybody") : unknown();
  }

  async release({ key }: { readonly key: string }): Promise<ReleaseOutcome> {
    const { provider, random } = this.#options;
    await this.#travel(random.between(5, 200));
    if (provider.isAway) return this.#unanswered();
    const isLost = random.chance(rates.releaseSilent);
    if (isLost) this.#options.counts.add("provider_silent");
    if (isLost && random.chance(0.5)) return this.#unanswered();
    provider.giveBack(key);
    if (isLost) return this.#unanswered();
    this.#asked.delete(key);
    return { kind: "done" };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get #isLeftAlone(): boolean {
    return this.#options.time.now < this.#leftAloneUntil;
  }

  #heard(isAnswered: boolean): void {
    this.#silences = isAnswered ? 0 : this.#silences + 1;
    if (this.#silences >= silencesMax) this.#leftAloneUntil = this.#options.time.now + leftAloneMs;
  }

  /** One request; null: no answer came. */
  async #ask(request: AllocationRequest): Promise<ProviderAnswer | null> {
    const { provider, random, time } = this.#options;
    const luck = random.fraction();
    await this.#travel(random.between(20, 400));
    if (provider.isAway) return this.#silence();
    if (luck < rates.providerSlow) {
      this.#options.counts.add("provider_slow");
      const lateMs = random.between(unansweredMs + 1_000, 50_000);
      time.after(lateMs, () => void provider.carryOut(request, { givenUp: true }));
      return this.#silence();
    }
    if (luck < rates.providerSlow + rates.providerSilent) {
      this.#options.counts.add("provider_silent");
      if (random.chance(0.7)) provider.carryOut(request, { givenUp: true });
      return this.#silence();
    }
    const answer = provider.carryOut(request, { givenUp: false });
    // What was refused for good is not done later: that none is none is the port's own promise.
    if (answer !== "full" && luck < rates.providerSlow + rates.providerSilent + rates.providerRepeats) {
      this.#options.counts.add("provider_repeats");
      time.after(random.between(0, 60_000), () => void provider.carryOut(request, { givenUp: true }));
    }
    await this.#travel(random.chance(0.1) ? random.between(1_000, unansweredMs - 1_000) : 10);
    return answer;
  }

  async #silence(): Promise<null> {
    await this.#travel(unansweredMs);
    return null;
  }

  async #unanswered(): Promise<ReleaseOutcome> {
    await this.#silence();
    return { kind: "unknown", cause: new Error("There was no answer.") };
  }

  async #travel(forMs: number): Promise<void> {
    const { time, clock } = this.#options;
    await time.wait(forMs);
    if (clock.paused || clock.dead) await clock.awake();
  }
}

function none(reason: string): AllocationOutcome {
  return { kind: "none", reason };
}

function unknown(): AllocationOutcome {
  return { kind: "unknown", cause: new Error("There was no certain answer.") };
}

export interface FaultyAllocatorOptions {
  readonly provider: Provider;
  readonly time: VirtualTime;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly counts: FaultCounts;
}
