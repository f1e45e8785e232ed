import type { KernelEvent, State } from "@matchforge/core";
import { type ErrorCode, replies } from "@matchforge/protocol";
import { collectDefaultMetrics, Registry } from "prom-client";
import { createInstruments, type Instruments } from "./instruments.ts";
import { observeEvents } from "./observe-events.ts";
import { addStateGauges, type MetricsSource } from "./state-gauges.ts";

export type { MetricsSource } from "./state-gauges.ts";

/**
 * Counts what happens on a node, in a registry of its own.
 *
 * @example
 * const metrics = new Metrics({ state: () => node.state, idleMs: () => 0 });
 * node.replica.onApplied((_entry, events) => metrics.applied(events, node.state));
 * const { type, text } = await metrics.text();
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #instruments: Instruments;

  constructor(source: MetricsSource) {
    collectDefaultMetrics({ register: this.#registry });
    this.#instruments = createInstruments(this.#registry);
    addStateGauges(this.#registry, source);
  }

  connected(change: 1 | -1): void {
    this.#instruments.connections.inc(change);
  }

  /** A client's message; whatever is no type of the protocol counts as `invalid`. */
  received(type: string): void {
    this.#instruments.messages.inc({ type: Object.hasOwn(replies, type) ? type : "invalid" });
  }

  refused(code: ErrorCode): void {
    this.#instruments.errors.inc({ code });
  }

  /** Counts what an applied entry led to; `state` is the state after it. */
  applied(events: readonly KernelEvent[], state: State): void {
    observeEvents(this.#instruments, events, state);
  }

  /** Measures an append, whatever comes of it. */
  async timeAppend<Outcome>(append: () => Promise<Outcome>): Promise<Outcome> {
    const stop = this.#instruments.appends.startTimer();
    try {
      return await append();
    } finally {
      stop();
    }
  }

  /** All figures as Prometheus reads them. */
  async text(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
