import {
  applyEntry,
  type Command,
  commitText,
  contentHash,
  contentHashText,
  createState,
  defineMode,
  defineRules,
  emptyContentHash,
  type MatchId,
  noQuality,
  type PlayerId,
  type Rules,
  type State,
  sha256Hex,
  snapshotChunks,
  type TicketId,
} from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { createSecretDice } from "matchforge";
import { systemHmac } from "../../../packages/server/src/shard/threads/system-hmac.ts";

const commandsPerBatch = 1_000;
/** Entries after the newest snapshot, as many as there can be. */
const entriesAfterSnapshot = 49_999;
const text = "nmap -sS -p 443 --open 10.0.4.17";
const salt = "00".repeat(16);

/** The secret the log's epoch is drawn from. */
export const shardSecret = "5a".repeat(32);

/** One mode, in which nobody accepts anybody, so that what waits goes on waiting. */
export const rules: Rules = defineRules({
  modes: [
    defineMode({
      id: "duel",
      game: "typing_duel",
      rating: { system: "elo", k: 32, initial: 1_200, rounding: "truncate" },
      search: { widening: { kind: "steps", steps: [{ afterMs: 0, gap: 0 }] }, avoidRematch: null },
      readyCheckMs: null,
      countdownMs: 3_600_000,
      maxWaitMs: 86_400_000,
      maxTickets: 1_000_000,
      maxLiveMatches: 1_000_000,
    }),
  ],
});

/** Fills a log with a crowded shard: so many live matches and waiting tickets, a snapshot, and entries after it. */
export async function fillLog(log: Log, crowd: { readonly matches: number; readonly tickets: number }) {
  const writer = new Writer(log);
  const dice = createSecretDice(shardSecret, systemHmac);
  await writer.put({ type: "node.up", levels: [1, 2] });
  await writer.put({ type: "node.lead" });
  await writer.put({ type: "rules.configure", rules });
  await writer.put({ type: "epoch.open", term: 2, number: 1, hash: sha256Hex(dice.secretOf(1)) });
  for (let match = 0; match < crowd.matches; match += 1) await writer.match(match);
  for (let ticket = 0; ticket < crowd.tickets; ticket += 1)
    await writer.waiting(`player_w${ticket}`, ticket, 1_000 + ticket);
  await writer.snapshot();
  for (let entry = 0; entry < entriesAfterSnapshot; entry += 2) {
    await writer.waiting("player_again", crowd.tickets + entry, 1);
    await writer.put({ type: "ticket.cancel", player: "player_again" });
  }
  await writer.flush();
  return writer.state;
}

/** Appends commands in batches, and keeps the state they lead to. */
class Writer {
  readonly state: State = createState();
  readonly #log: Log;
  #pending: Command[] = [];
  #sequence = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  async put(command: Command): Promise<void> {
    this.#pending.push(command);
    if (this.#pending.length >= commandsPerBatch || this.#sequence < 4) await this.flush();
  }

  async flush(): Promise<void> {
    const commands = this.#pending;
    if (commands.length === 0) return;
    this.#pending = [];
    this.#sequence += 1;
    const batch = { node: "seed", boot: "1", sequence: this.#sequence, count: commands.length };
    const { first, at } = await this.#log.append({ ...batch, commands: JSON.stringify(commands) });
    for (const [index, command] of commands.entries()) {
      const entry = { position: first + index, at, node: "seed/1", command } as const;
      for (const event of applyEntry(this.state, entry))
        if (event.type === "refused") throw new Error(`${command.type} was refused: ${event.code}`);
    }
  }

  async waiting(player: PlayerId, serial: number, rating: number): Promise<TicketId> {
    const ticket: TicketId = `ticket_${serial}`;
    await this.put({ type: "player.connected", player, node: "seed/1", guest: true });
    await this.put({
      type: "ticket.enqueue",
      ticket,
      player,
      members: [player],
      party: null,
      pools: [{ mode: "duel", tier: null }],
      records: [{ mode: "duel", rating, deviation: 0, volatility: 0, games: 1, wins: 0, meanWpm: 0 }],
      draw: serial,
      secretEpoch: 1,
    });
    return ticket;
  }

  async match(serial: number): Promise<void> {
    const teams = [];
    for (const side of ["a", "b"] as const)
      teams.push([
        await this.waiting(`player_m${serial}${side}`, 10_000_000 + serial * 2 + teams.length, serial),
      ]);
    await this.put({
      type: "matcher.propose",
      term: 2,
      match: `match_${serial}` satisfies MatchId,
      pool: "duel",
      rulesVersion: 1,
      teams,
      quality: noQuality,
      secretEpoch: 1,
      commitment: commitText({ salt, text }),
    });
  }

  async snapshot(): Promise<void> {
    await this.flush();
    const chunks = [...snapshotChunks(this.state)];
    const hash = contentHashText(chunks.reduce(contentHash, emptyContentHash));
    const { position, level } = this.state;
    await this.#log.writeSnapshot({ position, hash, level }, chunks);
  }
}
