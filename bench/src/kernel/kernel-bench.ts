import {
  applyEntry,
  type Command,
  commitText,
  createState,
  defineMode,
  defineRules,
  type MatchId,
  noQuality,
  nothingTyped,
  type PlayerId,
  type State,
  type TicketId,
  typeKeys,
} from "@matchforge/core";
import { atLeast, atMost, type Report, rounded } from "../report.ts";

const node = "bench/1";
const text = "nmap -sS -p 443 --open 10.0.4.17 && ssh -i keys.pem -p 22 ghost@vault.ghost.lan";
const salt = "00".repeat(16);
const commitment = commitText({ salt, text });

/** Feeds commands to a state, one entry each. */
class Feed {
  readonly state: State;
  #at = 1_000;
  commands = 0;

  constructor(state: State) {
    this.state = state;
  }

  apply(command: Command, afterMs = 0): void {
    this.#at += afterMs;
    this.commands += 1;
    const events = applyEntry(this.state, { position: this.state.position + 1, at: this.#at, node, command });
    for (const event of events) {
      if (event.type === "refused") throw new Error(`${command.type} was refused: ${event.code}`);
    }
  }
}

function open(): Feed {
  const feed = new Feed(createState());
  const rating = { system: "elo", k: 32, initial: 1200, rounding: "truncate" } as const;
  const anyone = {
    widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
    avoidRematch: null,
  } as const;
  const modes = [
    defineMode({
      id: "duel",
      game: "typing_duel",
      rating,
      search: anyone,
      countdownMs: 0,
      maxWaitMs: 3_600_000,
    }),
  ];
  feed.apply({ type: "node.up", levels: [1] });
  feed.apply({ type: "node.lead" });
  feed.apply({ type: "rules.configure", rules: defineRules({ modes }) });
  feed.apply({ type: "epoch.open", term: feed.state.term, number: 1, hash: "0".repeat(64) });
  return feed;
}

function enqueue(feed: Feed, player: PlayerId, ticket: TicketId, draw: number): void {
  feed.apply({
    type: "ticket.enqueue",
    ticket,
    player,
    members: [player],
    party: null,
    pools: [{ mode: "duel", tier: null }],
    draw: draw >>> 0,
    secretEpoch: 1,
    origin: { key: `client_${draw}:msg_${ticket}`, bodyHash: draw },
  });
}

/** One match from queue to result: enqueue, cancel, propose, accept, checkpoint, finish. */
function playMatch(feed: Feed, round: number, players: readonly [PlayerId, PlayerId]): void {
  const [first, second] = players;
  const match: MatchId = `match_${round}`;
  enqueue(feed, first, `ticket_${round}a`, round * 2);
  feed.apply({ type: "ticket.cancel", player: first });
  enqueue(feed, first, `ticket_${round}b`, round * 2);
  enqueue(feed, second, `ticket_${round}c`, round * 2 + 1);
  feed.apply({
    type: "matcher.propose",
    term: feed.state.term,
    match,
    pool: "duel",
    rulesVersion: feed.state.rulesVersion,
    teams: [[`ticket_${round}b`], [`ticket_${round}c`]],
    quality: noQuality,
    secretEpoch: 1,
    commitment,
  });
  feed.apply({ type: "match.accept", match, player: first });
  feed.apply({ type: "match.accept", match, player: second });
  feed.apply({ type: "node.alive" }, 1);
  feed.apply({ type: "match.begin", match, text, salt });
  let typed = nothingTyped;
  const epoch = feed.state.players.get(first)?.epoch ?? 0;
  for (let from = 0; from < text.length; from += 20) {
    typed = typeKeys(typed, { text, keys: text.slice(from, from + 20) });
    const done = typed.position === text.length;
    if (done) feed.apply({ type: "match.finish", match, player: first, epoch, typed }, 1_000);
    else feed.apply({ type: "match.checkpoint", match, player: first, epoch, typed, final: false }, 1_000);
  }
}

/** Commands per second through decide and evolve alone, and what a waiting ticket weighs. */
export function kernelBench(): Report {
  const rates: number[] = [];
  for (let run = 0; run < 5; run += 1) rates.push(commandsPerSecond());
  rates.sort((a, b) => a - b);
  const median = rates[rates.length >> 1];
  const bytes = bytesPerTicket();
  return {
    bench: "kernel",
    figures: {
      commands_per_s_median: rounded(median),
      commands_per_s_best: rounded(rates[rates.length - 1]),
      ns_per_command: rounded(1e9 / median),
      bytes_per_waiting_ticket: Math.round(bytes),
    },
    goals: [
      atLeast("commands/s on one core", median, 300_000),
      atMost("bytes per waiting ticket", bytes, 1_024),
    ],
  };
}

function commandsPerSecond(): number {
  const feed = open();
  const pairs = 500;
  for (let index = 0; index < pairs * 2; index += 1) {
    feed.apply({ type: "player.connected", player: `player_${index}`, node, guest: true });
  }
  const rounds = 12_000;
  const before = feed.commands;
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    const pair = (round % pairs) * 2;
    playMatch(feed, round, [`player_${pair}`, `player_${pair + 1}`]);
  }
  return ((feed.commands - before) * 1_000) / (performance.now() - startedAt);
}

/** Player record, ticket, indexes and deduplication included, as a replica holds them. */
function bytesPerTicket(): number {
  const tickets = 100_000;
  const feed = open();
  const before = heapUsed();
  for (let index = 0; index < tickets; index += 1) {
    // As they come off the log: fresh strings, nothing shared with the caller.
    const body = JSON.parse(
      JSON.stringify({ player: `player_${hex(index)}`, ticket: `ticket_${hex(index * 7)}` }),
    );
    feed.apply({ type: "player.connected", player: body.player, node, guest: true });
    enqueue(feed, body.player, body.ticket, index * 2_654_435_761);
  }
  const bytes = (heapUsed() - before) / tickets;
  if (feed.state.tickets.size !== tickets) throw new Error("tickets are missing");
  return bytes;
}

function hex(value: number): string {
  return value.toString(16).padStart(32, "0");
}

function heapUsed(): number {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc: npm run bench -- kernel does");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
