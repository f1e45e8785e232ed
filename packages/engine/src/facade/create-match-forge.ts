import {
  type Command,
  createPlugins,
  createState,
  currentMode,
  currentRules,
  defineRules,
  type KernelEvent,
  type ModeRules,
  type PlayerId,
  poolKeyOf,
  recordOf,
  restoreState,
  rulesProblems,
  sha256Hex,
  snapshotChunks,
} from "@matchforge/core";
import { createSecretDice } from "../dice/secret-dice.ts";
import type { Dice } from "../ports.ts";
import { estimateOf } from "./estimate-of.ts";
import { explainWait } from "./explain-wait.ts";
import { enqueueOf, type JoinRequest } from "./join.ts";
import { leaderboardOf } from "./leaderboard-of.ts";
import { Lobbies } from "./lobbies.ts";
import { LocalEngine } from "./local-engine.ts";
import type { Handler, MatchForge, MatchForgeOptions } from "./match-forge.ts";
import { Parties } from "./parties.ts";
import { type Result, resultOf } from "./results.ts";
import { sequentialIds } from "./sequential-ids.ts";

/**
 * Makes an engine inside your own process: no server, no files, no timers.
 *
 * @throws RangeError when the rules of `modes` cannot be used, or a plug-in cannot.
 * @example
 * const forge = createMatchForge({ modes: [defineMode({ id: "quick" })] });
 * forge.join({ player: "player_ada", mode: "quick" });
 * forge.join({ player: "player_bob", mode: "quick" });
 * forge.tick(1_000); // forms the match
 */
export function createMatchForge(options: MatchForgeOptions = {}): MatchForge {
  const dice = createSecretDice(options.secret ?? "00".repeat(32));
  const engine = engineOf(options, dice);
  const answer = (command: Command): Result => resultOf(engine.submit(command));
  const configure = (modes: readonly ModeRules[]) => answer(rulesCommand(engine, options, modes));
  if (options.snapshot === undefined) {
    const { modes = [] } = options;
    open(engine, dice, { configured: configure(modes), modes });
  }
  const connect = (player: PlayerId) => {
    if (!engine.state.players.has(player)) engine.submit(connected(player));
  };
  const state = () => engine.state;
  return {
    registerMode(mode) {
      assertPlugins(mode, options);
      const others = (currentRules(engine.state)?.modes ?? []).filter((known) => known.id !== mode.id);
      return configure([...others, mode]);
    },
    connect: (player, records) => answer({ ...connected(player), ...(records !== undefined && { records }) }),
    disconnect: (player) =>
      answer({ type: "player.disconnected", player, epoch: engine.state.players.get(player)?.epoch ?? 0 }),
    parties: new Parties({ state, answer, connect, nextId: () => `party_${engine.state.position + 1}` }),
    lobbies: new Lobbies({ state, answer }),
    join: (request) => {
      for (const player of [request.player, ...(request.mates ?? [])]) connect(player);
      return join(engine, request, (id) => dice.draw({ epoch: 1, purpose: "ticket", id }));
    },
    leave: (player) => answer({ type: "ticket.cancel", player }),
    accept: ({ match, player }) => answer({ type: "match.accept", match, player }),
    decline: ({ match, player }) => answer({ type: "match.decline", match, player }),
    abandon: ({ match, player }) => answer({ type: "match.abandon", match, player }),
    finish: ({ match, ranks }) => answer({ type: "match.report", match, ranks }),
    tick: (atMs) => tick(engine, atMs),
    on: (type, handler) => subscribe(engine, type, handler),
    match: (id) => engine.state.matches.get(id),
    matchOf(player) {
      const id = engine.state.players.get(player)?.match;
      return id ? engine.state.matches.get(id) : undefined;
    },
    recordOf({ player, mode }) {
      const known = engine.state.players.get(player);
      const rules = currentMode(engine.state, mode);
      return known && rules && recordOf(known, rules, engine.state.plugins);
    },
    explain: (of) => explainWait(engine.state, of),
    estimate: (of) => estimateOf(engine.state, of),
    leaderboard: (of) => leaderboardOf(engine.state, of),
    nowMs: () => engine.clock.now(),
    waiting: ({ mode, tier }) => engine.state.pools.get(poolKeyOf(mode, tier ?? null))?.index.size ?? 0,
    snapshot: () => [...snapshotChunks(engine.state)],
  };
}

function engineOf(options: MatchForgeOptions, dice: Dice): LocalEngine {
  const plugins = createPlugins(options.plugins ?? {});
  for (const mode of options.modes ?? []) assertPlugins(mode, options);
  const state =
    options.snapshot === undefined ? createState(plugins) : restoreState(options.snapshot, plugins);
  for (const mode of currentRules(state)?.modes ?? []) assertPlugins(mode, options);
  const engine: LocalEngine = new LocalEngine({
    dice,
    ids: sequentialIds(() => engine.state.position),
    state,
    matching: options.plugins ?? {},
    measureMs: options.measureMs ?? (() => performance.now()),
  });
  return engine;
}

/** A mode that names a plug-in nobody brought along could never be played. */
function assertPlugins({ id, matcher, teamAssigner }: ModeRules, { plugins }: MatchForgeOptions): void {
  const missing =
    matcher !== null && !Object.hasOwn(plugins?.matchers ?? {}, matcher)
      ? `matcher ${matcher}`
      : teamAssigner !== null && !Object.hasOwn(plugins?.teamAssigners ?? {}, teamAssigner)
        ? `team assigner ${teamAssigner}`
        : null;
  if (missing !== null) throw new RangeError(`mode ${id} names the ${missing}, which plugins do not have`);
}

/** A fresh shard: its first rules, and the epoch that everything is drawn from. */
function open(
  engine: LocalEngine,
  dice: Dice,
  { configured, modes }: { readonly configured: Result; readonly modes: readonly ModeRules[] },
): void {
  if (!configured.ok) throw new RangeError(`these modes cannot be used: ${whyNot(modes)}`);
  const { term } = engine.state;
  engine.submit({ type: "epoch.open", term, number: 1, hash: sha256Hex(dice.secretOf(1)) });
}

/** The first reasons, in words. */
function whyNot(modes: readonly ModeRules[]): string {
  const [first, second] = rulesProblems(defineRules({ modes }));
  if (first === undefined) return "they name a rating system or party rating that plugins do not have";
  const told = [first, second].flatMap((problem) => problem ?? []);
  return told.map(({ path, expected }) => `${path}: expected ${expected}`).join("; ");
}

function rulesCommand(
  engine: LocalEngine,
  { faucet }: MatchForgeOptions,
  modes: readonly ModeRules[],
): Command {
  const ledger = faucet && { ledger: { faucet: faucet.amount, faucetEveryMs: faucet.everyMs } };
  const rules = defineRules({ ...currentRules(engine.state), ...ledger, modes, maxStepMs: null });
  return { type: "rules.configure", rules };
}

function connected(player: PlayerId): Extract<Command, { type: "player.connected" }> {
  return { type: "player.connected", player, node: "library/1", guest: false };
}

function join(
  engine: LocalEngine,
  request: JoinRequest,
  draw: (id: string) => string,
): ReturnType<MatchForge["join"]> {
  const ticket = `ticket_${engine.state.position + 1}` as const;
  const drawn = { ticket, draw: Number.parseInt(draw(ticket).slice(0, 8), 16), secretEpoch: 1 };
  const result = resultOf(engine.submit(enqueueOf(engine.state, request, drawn)));
  return result.ok ? { ok: true, ticket } : result;
}

function tick(engine: LocalEngine, atMs: number): readonly KernelEvent[] {
  const happened: KernelEvent[] = [];
  const unsubscribe = engine.onApplied((events) => happened.push(...events));
  try {
    engine.advanceTo(atMs);
  } finally {
    unsubscribe();
  }
  return happened;
}

function subscribe<Type extends KernelEvent["type"]>(
  engine: LocalEngine,
  type: Type,
  handler: Handler<Type>,
): () => void {
  return engine.onApplied((events, at) => {
    for (const event of events) if (event.type === type) handler(event as Parameters<Handler<Type>>[0], at);
  });
}
