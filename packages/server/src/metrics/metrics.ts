import { type KernelEvent, modeOfMatch, type State } from "@matchforge/core";
import type { ErrorCode } from "@matchforge/protocol";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What the metrics read when they are asked for. */
export interface MetricsSource {
  readonly state: () => State;
  readonly idleMs: () => number;
}

/** Counts what happens on a node. Labels are modes, tiers, codes and types: closed lists, never ids. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #waitSeconds: Histogram<"mode">;
  readonly #created: Counter<"mode">;
  readonly #ended: Counter<"mode" | "state">;
  readonly #ticketsEnded: Counter<"reason">;
  readonly #connections: Gauge;
  readonly #messages: Counter<"type">;
  readonly #errors: Counter<"code">;
  readonly #violations: Counter<"code">;
  readonly #enqueuedAt = new Map<string, number>();

  constructor(source: MetricsSource) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#waitSeconds = new Histogram({
      name: "matchmaking_queue_wait_seconds",
      help: "How long matched tickets had waited.",
      labelNames: ["mode"],
      buckets: [0.1, 1, 5, 15, 30, 60, 120, 300],
      registers,
    });
    this.#created = counter(registers, "matchmaking_matches_created_total", "Matches made.", ["mode"]);
    this.#ended = counter(registers, "matchmaking_matches_ended_total", "Matches that ended, by how.", [
      "mode",
      "state",
    ]);
    this.#ticketsEnded = counter(
      registers,
      "matchmaking_tickets_ended_total",
      "Tickets that ended unplayed.",
      ["reason"],
    );
    this.#messages = counter(registers, "game_websocket_messages_total", "Messages of clients.", ["type"]);
    this.#errors = counter(registers, "game_websocket_errors_total", "Requests that were refused.", ["code"]);
    this.#violations = counter(
      registers,
      "matchmaking_violations_total",
      "Errors of ours that the kernel noted.",
      ["code"],
    );
    this.#connections = new Gauge({
      name: "game_websocket_connections",
      help: "Open WebSockets.",
      registers,
    });
    addStateGauges(this.#registry, source);
  }

  connected(change: 1 | -1): void {
    this.#connections.inc(change);
  }

  received(type: string): void {
    this.#messages.inc({ type });
  }

  refused(code: ErrorCode): void {
    this.#errors.inc({ code });
  }

  /** Counts what an applied entry led to; `at` is shard time in ms. */
  applied(events: readonly KernelEvent[], state: State): void {
    for (const event of events) this.#count(event, state);
  }

  async text(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #count(event: KernelEvent, state: State): void {
    switch (event.type) {
      case "ticket.queued":
        this.#enqueuedAt.set(event.ticket, state.time);
        return;
      case "match.created":
        this.#created.inc({ mode: event.mode });
        for (const ticket of event.tickets) this.#observeWait(ticket, event.mode, state.time);
        return;
      case "ticket.ended":
        this.#enqueuedAt.delete(event.ticket);
        this.#ticketsEnded.inc({ reason: event.reason });
        return;
      case "match.resolved":
      case "match.cancelled":
        this.#ended.inc({
          mode: event.mode,
          state: event.type === "match.resolved" ? "RESOLVED" : "CANCELLED",
        });
        return;
      case "match.voided":
        this.#ended.inc({ mode: "", state: "VOIDED" });
        return;
      case "violation":
        this.#violations.inc({ code: event.code });
        return;
    }
  }

  #observeWait(ticket: string, mode: string, at: number): void {
    const since = this.#enqueuedAt.get(ticket);
    this.#enqueuedAt.delete(ticket);
    if (since !== undefined) this.#waitSeconds.observe({ mode }, (at - since) / 1_000);
  }
}

function counter<Label extends string>(
  registers: Registry[],
  name: string,
  help: string,
  labelNames: Label[],
): Counter<Label> {
  return new Counter({ name, help, labelNames, registers });
}

function addStateGauges(registry: Registry, { state, idleMs }: MetricsSource): void {
  const registers = [registry];
  new Gauge({
    name: "matchmaking_queue_size",
    help: "Tickets waiting.",
    labelNames: ["mode", "tier"],
    registers,
    collect() {
      this.reset();
      for (const pool of state().pools.values())
        this.set({ mode: pool.mode, tier: pool.tier ?? "" }, pool.index.size);
    },
  });
  new Gauge({
    name: "matchmaking_live_matches",
    help: "Matches by mode and state.",
    labelNames: ["mode", "state"],
    registers,
    collect() {
      this.reset();
      for (const match of state().matches.values()) {
        this.inc({ mode: modeOfMatch(state(), match).id, state: match.phase.state });
      }
    },
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("matchforge_players", "Players in the state.", () => state().players.size);
  gauge("matchforge_log_position", "Position of the last entry applied.", () => state().position);
  gauge(
    "matchforge_archive_lag_entries",
    "Entries the archive has not stored.",
    () => state().position - state().archiveCursor,
  );
  gauge("matchforge_effects_outstanding", "Effects owed.", () => state().effects.size);
  gauge("matchforge_replica_idle_seconds", "How long nothing has been applied.", () => idleMs() / 1_000);
}
