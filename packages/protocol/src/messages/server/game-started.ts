import { Type } from "typebox";
import { id, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { defineServerMessage } from "../message-definition.ts";
import { codeSalt, codeSequence } from "../parts/duel-text.ts";

export const gameStarted = defineServerMessage({
  type: "game.started",
  since: 1,
  delivery: "event",
  description: "The match is ACTIVE; text and salt fit the commitment of `match.countdown`.",
  data: strictObject({
    match_id: id("The match."),
    duration_secs: seconds("How long it lasts at most."),
    code_sequence: Type.Optional(codeSequence),
    code_salt: Type.Optional(codeSalt),
  }),
  example: {
    match_id: "match_abc123",
    duration_secs: 60,
    code_sequence: "nmap -sS -sV -p- --script vuln 192.168.1.0/24",
    code_salt: "f3a91c0e7b2d4856",
  },
});
