import { type Static, Type } from "typebox";
import { wireLimits } from "../limits.ts";
import { codeCommitment, codeSalt, codeSequence } from "../messages/parts/duel-text.ts";
import { playerStats } from "../messages/parts/typing-progress.ts";
import { amount, count, id, named, nullable, oneOf, timeMs } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { endReasons, matchStates, outcomes } from "../vocabulary.ts";
import { defineRoute, sent } from "./route-definition.ts";

const player = strictObject({
  player_id: id("The player."),
  team: count("The team, from 0."),
  outcome: nullable(oneOf(outcomes, "What the match came to; null until it is resolved.")),
  stats: nullable(playerStats),
  payout: nullable(amount("What the player receives; null until the match is resolved.")),
});

const answer = strictObject({
  match_id: id("The match."),
  mode: named("The mode."),
  stake_tier: nullable(named("The stake tier; null where the mode has none.")),
  state: oneOf(matchStates, "The state it is in."),
  wager: amount("The stake of each player."),
  created_at: timeMs("When it was found."),
  started_at: nullable(timeMs("When it became ACTIVE; null if it has not.")),
  ended_at: nullable(timeMs("When it was decided or called off; null until then.")),
  end_reason: nullable(oneOf(endReasons, "How it came to its result; null without one.")),
  players: Type.Array(player, {
    maxItems: wireLimits.playersPerMatchMax,
    title: "list of players",
    description: "Everybody in it.",
  }),
  code_commitment: nullable(codeCommitment),
  code_sequence: nullable(codeSequence),
  code_salt: nullable(codeSalt),
  tx_hash: nullable(id("The transaction that paid; null until then, or where there is none.")),
});

export const matchView = defineRoute({
  name: "match-view",
  method: "GET",
  path: "/api/v1/matches/:id",
  listener: "public",
  tag: "matches",
  roles: ["anyone"],
  since: 1,
  description:
    "A match as everybody may see it: no progress while it is played, its text only when it has ended.",
  params: sent(strictObject({ id: id("The match.") }), { id: "match_abc123" }),
  query: null,
  body: null,
  status: 200,
  answer,
  example: {
    match_id: "match_abc123",
    mode: "code_duel",
    stake_tier: "gold",
    state: "ACTIVE",
    wager: "300000000000000000000",
    created_at: 1706025600250,
    started_at: 1706025605000,
    ended_at: null,
    end_reason: null,
    players: [
      { player_id: "player_xyz", team: 0, outcome: null, stats: null, payout: null },
      { player_id: "player_abc", team: 1, outcome: null, stats: null, payout: null },
    ],
    code_commitment: "489d787d526ef91e7dd62d975c46cedaef28932e538451782d50699f9b6eced3",
    code_sequence: null,
    code_salt: null,
    tx_hash: null,
  },
  failures: ["MATCH_NOT_FOUND"],
});

/** A match as everybody may see it. */
export type MatchView = Static<typeof answer>;
