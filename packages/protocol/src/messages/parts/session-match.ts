import { Type } from "typebox";
import { amount, count, id, milliseconds, named, nullable, seconds, timeMs } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import type { MatchState } from "../../vocabulary.ts";
import { gameResult } from "../server/game-result.ts";
import { codeCommitment, codeSalt, codeSequence } from "./duel-text.ts";
import { foundPlayers, matchPlace, opponentOrNull } from "./opponent.ts";
import { typingProgress } from "./typing-progress.ts";

const everyState = {
  match_id: id("The match."),
  mode: named("The mode."),
  opponent: opponentOrNull,
  players: Type.Optional(foundPlayers),
  ...matchPlace,
  wager: amount("The player's stake."),
  deadline: timeMs("When the match leaves this state at the latest."),
};

function inState<const State extends MatchState>(state: State) {
  return Type.Literal(state, { title: `"${state}"`, description: "The state it is in." });
}

const matched = strictObject({
  ...everyState,
  state: inState("MATCHED"),
  accepted: Type.Boolean({ title: "true or false", description: "Whether this player has accepted." }),
  ready: count("Players who have accepted."),
  total: count("Players who have to."),
});

const preparing = strictObject({
  ...everyState,
  state: inState("PREPARING"),
  loaded: count("Players who have loaded."),
  has_loaded: Type.Boolean({
    title: "true or false",
    description:
      "Whether this player has loaded, or need not; else `match.loaded` is due before the deadline.",
  }),
  total: count("Players who have to."),
});

const ready = strictObject({
  ...everyState,
  state: inState("READY"),
  code_commitment: Type.Optional(codeCommitment),
  seconds_remaining: seconds("Seconds until the start."),
  game_starts_at: timeMs("When the game starts."),
});

const active = strictObject({
  ...everyState,
  state: inState("ACTIVE"),
  code_commitment: Type.Optional(codeCommitment),
  code_sequence: Type.Optional(codeSequence),
  code_salt: Type.Optional(codeSalt),
  remaining_ms: milliseconds("How long it still lasts at most."),
  upto: count("Keys of this player durably received; the client sends those after them again."),
  position: count("Characters of the text this player has right."),
  opponent_progress: nullable(typingProgress),
});

const resolved = strictObject({
  ...everyState,
  state: inState("RESOLVED"),
  result: gameResult.data,
});

/**
 * The match a player is in, as `session.sync` tells it: one shape per state, so that what a state must not
 * tell, such as the text before the start, has no place in it.
 */
export const sessionMatch = Type.Union([matched, preparing, ready, active, resolved], {
  title: "the match, in one shape for each state",
  description: "The match the player is in; null without one.",
});
