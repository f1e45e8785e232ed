import {
  applyEntry,
  type Command,
  createState,
  currentMode,
  defineMode,
  defineRules,
  noQuality,
  type PlayerId,
  PoolWaves,
  type State,
} from "@matchforge/core";

const node = "bench/1";
const crowdedModes = 159;
const search = {
  widening: { kind: "steps", steps: [{ afterMs: 0, gap: 400 }] },
  avoidRematch: null,
} as const;
const rating = { system: "elo", k: 32, initial: 1500, rounding: "none" } as const;

/** A shard with some tickets waiting and some matches live, through the kernel and the matcher's waves. */
class Shard {
  readonly state: State = createState();
  readonly #waves = new Map<string, PoolWaves>();
  #now = 1_000;
  #matches = 0;
  #tickets = 0;

  constructor() {
    const ids = ["played", ...Array.from({ length: crowdedModes }, (_, index) => `crowded${index}`)];
    const modes = ids.map((id) =>
      defineMode({ id, search, rating, maxWaitMs: 86_400_000, readyCheckMs: 86_400_000 }),
    );
    this.apply({ type: "node.up", levels: [1] });
    this.apply({ type: "node.lead" });
    this.apply({ type: "rules.configure", rules: defineRules({ modes }) });
    this.apply({ type: "epoch.open", term: this.state.term, number: 1, hash: "0".repeat(64) });
  }

  apply(command: Command): void {
    const events = applyEntry(this.state, {
      position: this.state.position + 1,
      at: this.#now,
      node,
      command,
    });
    for (const event of events)
      if (event.type === "refused") throw new Error(`${command.type}: ${event.code}`);
    for (const event of events) {
      if (event.type !== "ticket.queued") continue;
      const ticket = this.state.tickets.get(event.ticket);
      for (const standing of ticket?.standings ?? []) this.#wavesOf(standing.pool).touch(standing);
    }
  }

  connect(player: PlayerId): void {
    this.apply({ type: "player.connected", player, node, guest: true });
  }

  enqueue(player: PlayerId, mode: string, rated = 1500): void {
    this.#tickets += 1;
    this.apply({
      type: "ticket.enqueue",
      ticket: `ticket_${this.#tickets}`,
      player,
      members: [player],
      party: null,
      pools: [{ mode, tier: null }],
      draw: Math.imul(this.#tickets, 2_654_435_761) >>> 0,
      secretEpoch: 1,
      records: [{ mode, rating: rated, deviation: 0, volatility: 0, games: 1, wins: 0, meanWpm: 0 }],
    });
  }

  /** One wave of a pool; its proposals are judged by the kernel. */
  wave(mode: string): number {
    this.#now += 1;
    const matches = this.#wavesOf(mode).run({
      now: this.#now,
      at: this.state.time,
      matchesMax: 10_000,
      budget: 10_000_000,
      skip: () => false,
    });
    for (const { teams } of matches) {
      this.#matches += 1;
      this.apply({
        type: "matcher.propose",
        term: this.state.term,
        match: `match_${this.#matches}`,
        pool: mode,
        rulesVersion: this.state.rulesVersion,
        teams: teams.map((team) => team.map(({ ticketId }) => ticketId)),
        quality: noQuality,
        secretEpoch: 1,
        commitment: null,
      });
    }
    return matches.length;
  }

  #wavesOf(pool: string): PoolWaves {
    const known = this.#waves.get(pool);
    if (known !== undefined) return known;
    const index = this.state.pools.get(pool)?.index;
    const mode = currentMode(this.state, pool);
    if (index === undefined || mode === undefined) throw new Error(`no pool ${pool}`);
    const waves = new PoolWaves({ index, search: mode.search, waveMs: 0 });
    this.#waves.set(pool, waves);
    return waves;
  }
}

/**
 * Tickets enqueued and matched per second, with so much standing around: a tenth of the crowd waits in the
 * same pool, each too far from everybody else to be matched, the others in 159 further pools.
 */
export function matchedPerSecond({
  waiting,
  live,
}: {
  readonly waiting: number;
  readonly live: number;
}): number {
  const shard = new Shard();
  for (let index = 0; index < waiting; index += 1) {
    const player: PlayerId = `player_w${index}`;
    shard.connect(player);
    const mode = index % 10 === 0 ? "played" : `crowded${index % crowdedModes}`;
    shard.enqueue(player, mode, 5_000 + 500 * index);
  }
  for (let index = 0; index < live * 2; index += 1) {
    shard.connect(`player_l${index}`);
    shard.enqueue(`player_l${index}`, "played", 1_000 + (index % 1_000));
    if (index % 200 === 199) shard.wave("played");
  }
  const fresh = 20_000;
  for (let index = 0; index < fresh; index += 1) shard.connect(`player_f${index}`);
  globalThis.gc?.();
  const startedAt = performance.now();
  let matched = 0;
  for (let index = 0; index < fresh; index += 1) {
    shard.enqueue(`player_f${index}`, "played", 1_000 + ((index * 7) % 1_000));
    if (index % 100 === 99) matched += 2 * shard.wave("played");
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  if (matched < fresh * 0.95) throw new Error(`only ${matched} of ${fresh} were matched`);
  return matched / seconds;
}
