import type { Command, Match, Player, State } from "../../src/index.ts";
import { flawless, typedOf } from "./duels.ts";
import type { Step } from "./random-commands.ts";
import { matchAt, pick, playerAt, salt, text } from "./random-picks.ts";
import { playElsewhere, prepare } from "./random-server-commands.ts";

/** What brings a match forward: the next thing that it waits for. */
export function bringForward(state: State, step: Step): Command | null {
  const siege = [...state.matches.values()].find(
    ({ phase, contest }) => contest !== null && phase.state === "FORMING",
  );
  const match = siege !== undefined && step.c % 3 === 0 ? siege : matchAt(state, step.a);
  if (match === undefined) return null;
  const player = match.players.length === 0 ? playerAt(step.b) : pick(match.players, step.b).id;
  switch (match.phase.state) {
    case "FORMING":
      if (match.contest !== null) return gather(state, match, step);
      return step.c % 5 === 0 ? { type: "ticket.cancel", player } : null;
    case "MATCHED":
      return { type: step.c % 9 === 0 ? "match.notified" : "match.accept", match: match.id, player };
    case "PREPARING":
      return match.phase.due === undefined
        ? { type: "effect.done", key: `escrow:${match.id}`, txHash: null }
        : prepare(state, match, step);
    case "READY":
      if (match.phase.awaitsServer) return prepare(state, match, step);
      if (match.phase.awaitsDispatch) return { type: "match.dispatch", match: match.id, server: "eu-1" };
      return { type: "match.begin", match: match.id, text, salt: step.c % 13 === 0 ? "sugar" : salt };
    case "ACTIVE":
      return play(state, match, step);
    case "RESOLVED":
      return { type: "effect.done", key: `settle:${match.id}`, txHash: "0x1" };
  }
}

/** Those called to a siege join it, most of them. */
function gather(state: State, { id: match, contest }: Match, { a, b, c }: Step): Command {
  const called = (contest?.crews ?? []).flatMap((crew) => state.crews.get(crew)?.members ?? []);
  const player = a % 11 === 0 ? playerAt(b) : pick(called, b);
  return c % 13 === 0 ? { type: "ticket.cancel", player } : { type: "siege.join", match, player };
}

function play(state: State, match: Match, step: Step): Command {
  const { b, c } = step;
  const own = pick(match.players, b);
  const { epoch } = state.players.get(own.id) as Player;
  if (match.phase.state === "ACTIVE" && match.phase.text === null) return playElsewhere(state, match, step);
  const base = { match: match.id, player: own.id, epoch: c % 13 === 0 ? epoch - 1 : epoch };
  if (c % 5 === 0) return { type: "match.finish", ...base, typed: flawless(text.length) };
  if (c % 19 === 0) return { type: "match.checkpoint", ...base, typed: typedOf({ keys: 500 }), final: false };
  const typed =
    c % 17 === 0 ? typedOf({ position: c, keys: Number.NaN }) : flawless(Math.min(5, own.typed.position + 1));
  return { type: "match.checkpoint", ...base, typed, final: c % 7 === 0 };
}

/** A command of anybody on any match, in whatever state it is. */
export function interfere(state: State, { a, b, c }: Step): Command | null {
  const match = matchAt(state, a)?.id ?? "match_none";
  const player = playerAt(b);
  const origin = c % 3 === 0 ? { origin: { key: `request ${c % 6}`, bodyHash: b % 2 } } : undefined;
  const epoch = state.players.get(player)?.epoch ?? 0;
  const typed = typedOf({ position: b % 7, keys: c % 40, errors: a % 3, backspaces: a % 2, wrong: c % 4 });
  return pick<Command>(
    [
      { type: "match.decline", match, player, ...origin },
      { type: "match.abandon", match, player, ...origin },
      { type: "match.accept", match, player, ...origin },
      { type: "match.notified", match, player },
      { type: "match.finish", match, player, epoch, typed },
      { type: "match.checkpoint", match, player, epoch, typed, final: b % 2 === 0 },
      { type: "match.report", match, ranks: [1, 2] },
      { type: "match.loaded", match, player, ...origin },
      { type: "match.admit", match, player, ...origin },
      { type: "match.redeem", match, attempt: 1, player, serial: c },
      { type: "match.claim", match, player, teams: [], ...origin },
      { type: "match.begin", match, text, salt },
      { type: "match.dispatch", match, server: "us-1" },
      { type: "match.close", match, reason: "maintenance" },
      { type: "effect.done", key: `${pick(["escrow", "begin", "settle"], b)}:${match}`, txHash: null },
      {
        type: "effect.failed",
        key: `${pick(["escrow", "begin", "settle"], b)}:${match}`,
        reason: "reverted",
      },
    ],
    c,
  );
}
