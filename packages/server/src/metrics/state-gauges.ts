import type { State } from "@matchforge/core";
import { Gauge, type Registry } from "prom-client";

/** What the gauges read when they are asked for. */
export interface MetricsSource {
  readonly state: () => State;
  /** How long this node has applied nothing, in ms. */
  readonly idleMs: () => number;
}

/** Figures that stand in the state: read when somebody asks, never kept. */
export function addStateGauges(registry: Registry, { state, idleMs }: MetricsSource): void {
  const registers = [registry];
  new Gauge({
    name: "matchmaking_queue_size",
    help: "Tickets waiting.",
    labelNames: ["mode", "tier"],
    registers,
    collect() {
      this.reset();
      for (const { mode, tier, index } of state().pools.values())
        this.set({ mode, tier: tier ?? "" }, index.size);
    },
  });
  new Gauge({
    name: "matchmaking_active_matches",
    help: "Live matches by mode and state.",
    labelNames: ["mode", "state"],
    registers,
    collect() {
      this.reset();
      for (const { mode, phase } of state().matches.values()) this.inc({ mode, state: phase.state });
    },
  });
  new Gauge({
    name: "matchmaking_game_server_places",
    help: "Matches that game servers can play at once, and play.",
    labelNames: ["allocator", "state"],
    registers,
    collect() {
      this.reset();
      for (const { allocator, offer, matches } of state().servers.values()) {
        this.inc({ allocator, state: "used" }, matches.length);
        this.inc({ allocator, state: "free" }, Math.max(0, offer.capacity - matches.length));
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
