import {
  type Command,
  currentMode,
  currentRules,
  defineRules,
  type KernelEvent,
  type ModeRules,
  type PlayerId,
  poolKeyOf,
  recordOf,
  restoreState,
  sha256Hex,
  snapshotChunks,
} from "@matchforge/core";
import { createSecretDice } from "../dice/secret-dice.ts";
import { explainWait } from "./explain-wait.ts";
import { LocalEngine, refusalIn } from "./local-engine.ts";
import type { Handler, JoinRequest, MatchForge, MatchForgeOptions, Result } from "./match-forge.ts";
import { sequentialIds } from "./sequential-ids.ts";

/**
 * Makes an engine inside your own process: no server, no files, no timers.
 *
 * @throws RangeError when the rules of `modes` cannot be used.
 * @example
 * const forge = createMatchForge({ modes: [defineMode({ id: "quick" })] });
 * forge.join({ player: "player_ada", mode: "quick" });
 * forge.join({ player: "player_bob", mode: "quick" });
 * forge.tick(1_000); // forms the match
 */
export function createMatchForge(options: MatchForgeOptions = {}): MatchForge {
  const dice = createSecretDice(options.secret ?? "00".repeat(32));
  const restored = options.snapshot === undefined ? undefined : restoreState(options.snapshot);
  const engine: LocalEngine = new LocalEngine({
    dice,
    ids: sequentialIds(() => engine.state.position),
    ...(restored === undefined ? undefined : { state: restored }),
  });
  const faucet = options.faucet && {
    ledger: { faucet: options.faucet.amount, faucetEveryMs: options.faucet.everyMs },
  };
  const answer = (command: Command): Result => resultOf(engine.submit(command));
  const configure = (modes: readonly ModeRules[]): Result =>
    answer({
      type: "rules.configure",
      rules: defineRules({ ...currentRules(engine.state), ...faucet, modes, maxStepMs: null }),
    });

  if (restored === undefined) {
    const first = configure(options.modes ?? []);
    if (!first.ok)
      throw new RangeError("these modes cannot be used: see rulesProblems(defineRules({ modes }))");
    engine.submit({
      type: "epoch.open",
      term: engine.state.term,
      number: 1,
      hash: sha256Hex(dice.secretOf(1)),
    });
  }
  return {
    registerMode(mode) {
      const others = (currentRules(engine.state)?.modes ?? []).filter((known) => known.id !== mode.id);
      return configure([...others, mode]);
    },
    join: (request) =>
      join(engine, { request, draw: (id) => dice.draw({ epoch: 1, purpose: "ticket", id }) }),
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
      return known && rules && recordOf(known, rules);
    },
    explain: (of) => explainWait(engine.state, of),
    waiting: ({ mode, tier }) => engine.state.pools.get(poolKeyOf(mode, tier ?? null))?.index.size ?? 0,
    snapshot: () => [...snapshotChunks(engine.state)],
  };
}

function join(
  engine: LocalEngine,
  { request, draw }: { request: JoinRequest; draw: (id: string) => string },
): ReturnType<MatchForge["join"]> {
  const { player, mode, tier, opponentRating } = request;
  if (engine.state.players.get(player) === undefined) connect(engine, player);
  const ticket = `ticket_${engine.state.position + 1}` as const;
  const result = resultOf(
    engine.submit({
      type: "ticket.enqueue",
      ticket,
      player,
      members: [player],
      party: null,
      pools: [{ mode, tier: tier ?? null }],
      opponentMin: opponentRating?.min ?? null,
      opponentMax: opponentRating?.max ?? null,
      expandSearch: request.expandSearch ?? true,
      draw: Number.parseInt(draw(ticket).slice(0, 8), 16),
      secretEpoch: 1,
    }),
  );
  return result.ok ? { ok: true, ticket } : result;
}

function connect(engine: LocalEngine, player: PlayerId): void {
  engine.submit({ type: "player.connected", player, node: "library/1", guest: false });
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

function resultOf(events: readonly KernelEvent[]): Result {
  const refused = refusalIn(events);
  if (refused === undefined) return { ok: true };
  return {
    ok: false,
    code: refused.code,
    ...(refused.until === undefined ? undefined : { untilMs: refused.until }),
  };
}
