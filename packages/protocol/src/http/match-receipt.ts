import { type Static, Type } from "typebox";
import { codeCommitment, codeSalt, codeSequence } from "../messages/parts/duel-text.ts";
import { amount, count, fraction, id, named, nullable, number, oneOf, sha256Hex } from "../schema/fields.ts";
import { strictObject } from "../schema/strict-object.ts";
import { endReasons } from "../vocabulary.ts";
import { defineRoute, sent } from "./route-definition.ts";

const canonicalTextMax = 65_536;

function canonicalText(description: string) {
  return Type.String({ maxLength: canonicalTextMax, title: "canonical JSON", description });
}

const rejected = strictObject({
  reason: named("What kept them away."),
  count: count("How many."),
});

const cost = strictObject({
  term: named("What it is for."),
  secs: number("What it cost, in seconds of waiting."),
});

const own = strictObject(
  {
    salt: sha256Hex("What stood before the text when it was hashed."),
    ticket_text: canonicalText("The ticket, its team, and its players with ratings and roles."),
  },
  "Your own ticket, for a token of one of the match's players; null for anybody else.",
);

const secretEpoch = strictObject(
  {
    number: count("Which of the shard's epochs."),
    hash: sha256Hex("SHA-256 of its secret, logged before anything was drawn from it."),
    secret: nullable(sha256Hex("The secret; null until everything drawn from it has ended.")),
  },
  "What map, text and salt were drawn from.",
);

const result = strictObject(
  {
    end_reason: oneOf(endReasons, "How it came to its result."),
    pot: amount("All stakes together."),
    burned: amount("What was burned of them."),
    payouts: Type.Array(amount("What the players of a team received together."), {
      maxItems: 64,
      title: "list of amounts",
      description: "By team.",
    }),
  },
  "What it came to; null until it is decided.",
);

const answer = strictObject({
  match_id: id("The match."),
  mode: named("The mode."),
  stake_tier: nullable(named("The stake tier; null where the mode has none.")),
  position: count("Its place in the shard's log."),
  basis_position: count("The last entry of the log that its matcher had seen."),
  rules_version: count("The version of the rules it was made under."),
  rules_hash: sha256Hex("SHA-256 of `rules_text`."),
  rules_text: canonicalText("The mode's rules of that version."),
  considered: count("How many tickets the matcher looked at."),
  rejected: Type.Array(rejected, {
    maxItems: 32,
    title: "list of reasons",
    description: "Why some of those do not play in it.",
  }),
  costs: nullable(
    Type.Array(cost, {
      maxItems: 32,
      title: "list of costs",
      description: "What was not ideal about it; null until it is over.",
    }),
  ),
  win_probabilities: nullable(
    Type.Array(fraction("Of one team."), {
      maxItems: 64,
      title: "list of numbers from 0 to 1",
      description: "How likely each team was to win; null until it is over.",
    }),
  ),
  ticket_hashes: Type.Array(
    Type.Array(sha256Hex("SHA-256 of a ticket's salt and text."), {
      maxItems: 64,
      title: "list of hashes",
      description: "The tickets of a team.",
    }),
    { maxItems: 64, title: "list of teams", description: "Its tickets by team, each as a hash." },
  ),
  own: nullable(own),
  secret_epoch: secretEpoch,
  code_commitment: nullable(codeCommitment),
  code_sequence: nullable(codeSequence),
  code_salt: nullable(codeSalt),
  result: nullable(result),
});

export const matchReceipt = defineRoute({
  name: "match-receipt",
  method: "GET",
  path: "/api/v1/matches/:id/receipt",
  listener: "public",
  tag: "matches",
  roles: ["anyone", "player"],
  since: 2,
  description:
    "What anybody can check of a match without seeing who else played: the rules, the text that was promised, what it " +
    "was drawn from, what was paid. With `Authorization: Bearer` and the token of one of its players it has their own " +
    "ticket, too. `checkReceipt` of the library checks one.",
  params: sent(strictObject({ id: id("The match.") }), { id: "match_abc123" }),
  query: null,
  body: null,
  status: 200,
  answer,
  example: {
    match_id: "match_abc123",
    mode: "code_duel",
    stake_tier: "gold",
    position: 4711,
    basis_position: 4709,
    rules_version: 3,
    rules_hash: "8cc66e0bf8f5a3b4f0d1d7ac5c1d0f2f4ac8ba0be2a4c5a06d3ab5e4ef1b2a90",
    rules_text: '{"antiSnipeMs":[0,1500],"autoDispatch":true,"available":true,"burnBps":1000}',
    considered: 7,
    rejected: [{ reason: "rating_window", count: 6 }],
    costs: [{ term: "rating_gap", secs: 1.25 }],
    win_probabilities: [0.53, 0.47],
    ticket_hashes: [
      ["0b9c2f6d1a4e8370b5d2c9f7a6e3140d8c7b5a4f3e2d1c0b9a8f7e6d5c4b3a29"],
      ["f1e2d3c4b5a697887960504132231405f6e7d8c9bab1a2938475665748392a1b"],
    ],
    own: null,
    secret_epoch: {
      number: 12,
      hash: "3c9909afec25354d551dae21590bb26e38d53f2173b8d3dc3eee4c047e7ab1c1",
      secret: null,
    },
    code_commitment: "489d787d526ef91e7dd62d975c46cedaef28932e538451782d50699f9b6eced3",
    code_sequence: null,
    code_salt: null,
    result: {
      end_reason: "completed",
      pot: "600000000000000000000",
      burned: "60000000000000000000",
      payouts: ["540000000000000000000", "0"],
    },
  },
  failures: ["MATCH_NOT_FOUND"],
});

/** A match's receipt, as it travels. */
export type MatchReceipt = Static<typeof answer>;
