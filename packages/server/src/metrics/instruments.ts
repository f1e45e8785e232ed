import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { PreparationTimes } from "./preparation-times.ts";

/**
 * Everything that is counted as it happens. Names are the seeds', with the units and endings Prometheus asks
 * for. Labels are modes of the rules, reasons, codes and types: closed lists, never ids.
 */
export function createInstruments(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ) => new Counter<Label>({ name, help, labelNames, registers });
  const histogram = <Label extends string = never>(
    name: string,
    { help, buckets, labelNames = [] }: { help: string; buckets: number[]; labelNames?: readonly Label[] },
  ) => new Histogram<Label>({ name, help, labelNames, buckets, registers });
  return {
    waits: histogram("matchmaking_queue_wait_seconds", {
      help: "How long matched tickets had waited.",
      buckets: [0.1, 1, 5, 15, 30, 60, 120, 300],
      labelNames: ["mode"],
    }),
    created: counter("matchmaking_matches_created_total", "Matches made.", ["mode"]),
    cancelled: counter("matchmaking_matches_cancelled_total", "Matches called off before play.", [
      "mode",
      "reason",
    ]),
    voided: counter("matchmaking_matches_voided_total", "Matches without a result; stakes went back."),
    durations: histogram("matchmaking_match_duration_seconds", {
      help: "How long decided matches were played.",
      buckets: [5, 10, 20, 30, 45, 60, 120, 360, 900, 3_600],
      labelNames: ["mode"],
    }),
    completed: counter("matchmaking_games_completed_total", "Games played to a result.", [
      "mode",
      "end_reason",
    ]),
    forfeited: counter("matchmaking_games_forfeited_total", "Games decided by a forfeit.", ["mode"]),
    preparation: new PreparationTimes({
      loading: histogram("matchmaking_loading_seconds", {
        help: "From the request to load until all clients of a match had loaded.",
        buckets: [0.5, 1, 2, 5, 10, 15, 20, 30, 60],
        labelNames: ["mode"],
      }),
      allocating: histogram("matchmaking_allocation_seconds", {
        help: "From asking for a game server until there was one.",
        buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 20, 45],
        labelNames: ["mode", "allocator"],
      }),
    }),
    serversLost: counter("matchmaking_game_servers_lost_total", "Game servers that were lost.", ["reason"]),
    ticketsEnded: counter("matchmaking_tickets_ended_total", "Tickets that ended, by reason.", ["reason"]),
    disconnections: counter("matchmaking_disconnections_total", "Players whose connection ended."),
    reconnections: counter(
      "matchmaking_reconnections_total",
      "Players who came back to their ticket or match.",
    ),
    violations: counter("matchmaking_violations_total", "Errors of ours that the kernel noted.", ["code"]),
    appends: histogram("matchmaking_append_seconds", {
      help: "From handing a player's command over to its entry being durable and applied here.",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    }),
    connections: new Gauge({ name: "game_websocket_connections", help: "Open WebSockets.", registers }),
    messages: counter("game_websocket_messages_total", "Messages of clients.", ["type"]),
    errors: counter("game_websocket_errors_total", "Requests that were refused.", ["code"]),
  };
}

/** What {@link createInstruments} makes. */
export type Instruments = ReturnType<typeof createInstruments>;
