import { type Chain, type ChainOutcome, ledgerChain } from "matchforge";
import type { NodeClock } from "../time/node-clock.ts";
import type { Random } from "../time/random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { FaultCounts } from "./fault-counts.ts";
import { rates } from "./fault-rates.ts";

/** The ledger as one run of a node has it: slow at times, silent at times, and unable to lock a stake at times. */
export class FaultyChain implements Chain {
  readonly #options: FaultyChainOptions;

  constructor(options: FaultyChainOptions) {
    this.#options = options;
  }

  async openEscrow(...asked: Parameters<Chain["openEscrow"]>): Promise<ChainOutcome> {
    await this.#travel();
    if (this.#strikes("chain_failed", rates.chainFailed))
      return { kind: "failed", reason: "The stakes could not be locked." };
    return this.#orUnknown(await ledgerChain.openEscrow(...asked));
  }

  async settle(...asked: Parameters<Chain["settle"]>): Promise<ChainOutcome> {
    await this.#travel();
    return this.#orUnknown(await ledgerChain.settle(...asked));
  }

  async #travel(): Promise<void> {
    const { time, clock, random } = this.#options;
    if (this.#strikes("chain_slow", rates.chainSlow)) await time.wait(random.between(1_000, 15_000));
    if (clock.paused || clock.dead) await clock.awake();
  }

  #orUnknown(outcome: ChainOutcome): ChainOutcome {
    if (!this.#strikes("chain_unknown", rates.chainUnknown)) return outcome;
    return { kind: "unknown", cause: new Error("The chain did not answer.") };
  }

  #strikes(kind: Parameters<FaultCounts["add"]>[0], rate: number): boolean {
    if (!this.#options.random.chance(rate)) return false;
    this.#options.counts.add(kind);
    return true;
  }
}

export interface FaultyChainOptions {
  readonly time: VirtualTime;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly counts: FaultCounts;
}
