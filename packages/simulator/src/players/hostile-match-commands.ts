import { type Command, type MatchId, nothingTyped } from "@matchforge/core";
import type { HostileOptions } from "./hostile-command.ts";

/** Attempts on matches, the player's own and others': answers that come too late, results that nobody played. */
export function hostileMatchCommands(options: HostileOptions): readonly Command[] {
  const { random, player, state, lastMatch: late } = options;
  const match = pickMatch(options);
  // The text is owed for a moment only: an attempt on it does not wait for its turn.
  const owed = beginning(state);
  if (owed !== undefined) return [{ type: "match.begin", match: owed, text: "guess", salt: "guess" }];
  const finished = random.chance(0.3) ? madeUpFinish(options, match) : undefined;
  if (finished !== undefined) return [finished];
  const epoch = random.chance(0.5)
    ? (state.players.get(player)?.epoch ?? 0)
    : random.between(0, state.position);
  const huge = random.pick([Number.MAX_SAFE_INTEGER, -1, 0.5]);
  const phase = state.matches.get(match)?.phase;
  const length = phase?.state === "ACTIVE" ? (phase.text?.length ?? 0) : 0;
  const typed = random.pick([
    { position: length, wrong: 0, keys: length, backspaces: 0, errors: 0 },
    { position: huge, wrong: 0, keys: huge, backspaces: 0, errors: 0 },
    { position: 5, wrong: 0, keys: 5, backspaces: 0, errors: 0 },
    nothingTyped,
  ]);
  return [
    { type: "match.accept", match, player },
    { type: "match.accept", match: late, player },
    { type: "match.decline", match, player },
    { type: "match.abandon", match, player: "player_nobody" },
    { type: "match.checkpoint", match, player, epoch, typed, final: random.chance(0.5) },
    { type: "match.checkpoint", match: late, player, epoch, typed, final: true },
    { type: "match.finish", match, player, epoch, typed },
    { type: "match.begin", match, text: "guess", salt: "guess" },
    {
      type: "match.report",
      match,
      ranks: random.pick([
        [1, huge],
        [1, 2],
        [1, 1, 1],
      ]),
    },
    { type: "match.report", match: late, ranks: [1, 2] },
    { type: "match.begin", match: late, text: "guess", salt: "guess" },
    { type: "match.dispatch", match, server: "nowhere" },
    { type: "match.notified", match, player: "player_nobody" },
    { type: "effect.failed", key: `settle:${match}`, reason: "made up" },
    { type: "effect.done", key: `settle:${late}`, txHash: null },
    { type: "effect.done", key: `begin:${match}`, txHash: null },
    ...(random.chance(0.3) ? [{ type: "match.close", match, reason: "made up" } as const] : []),
  ];
}

/** Who plays claims to be done, with half of the text or long before it can be. */
function madeUpFinish({ random, player, state }: HostileOptions, match: MatchId): Command | undefined {
  const phase = state.matches.get(match)?.phase;
  const epoch = state.players.get(player)?.epoch ?? 0;
  if (phase?.state !== "ACTIVE" || phase.text === null || state.players.get(player)?.match !== match) return;
  const keys = Math.floor(phase.text.length * random.pick([0.5, 1]));
  const typed = { position: keys, wrong: 0, keys, backspaces: 0, errors: 0 };
  return { type: "match.finish", match, player, epoch, typed };
}

/** A match that waits for its text. */
function beginning(state: HostileOptions["state"]): MatchId | undefined {
  return [...state.matches.values()].find(({ phase }) => phase.state === "READY" && phase.beginning)?.id;
}

/** The player's own, somebody's, or one that never was. */
function pickMatch({ random, player, state }: HostileOptions): MatchId {
  const own = state.players.get(player)?.match ?? null;
  if (own !== null && random.chance(0.5)) return own;
  const matches = [...state.matches.keys()];
  return matches.length === 0 || random.chance(0.1) ? "match_nowhere" : random.pick(matches);
}
