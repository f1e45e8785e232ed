/** A frame with an envelope that is right, whatever it holds. */
export function frameOf(type: unknown, data: unknown = {}): string {
  return JSON.stringify({ type, id: "bad", ts: 0, data });
}

type BadFrame = readonly [what: string, frame: string | Buffer, code: string];

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const leaveWith = (data: string) => `{"type":"queue.leave","id":"bad","ts":0,"data":${data}}`;

/** What cannot be understood at all, and the code it gets in whatever state its sender is. */
export const malformed: readonly BadFrame[] = [
  ["an empty message", "", "MALFORMED_JSON"],
  ["half of JSON", '{"type":"queue.leave"', "MALFORMED_JSON"],
  ["no JSON", "queue.leave", "MALFORMED_JSON"],
  ["a number", "7", "INVALID_ENVELOPE"],
  ["null", "null", "INVALID_ENVELOPE"],
  ["a list", "[1]", "INVALID_ENVELOPE"],
  ["no id", JSON.stringify({ type: "queue.leave", ts: 0, data: {} }), "INVALID_ENVELOPE"],
  ["an id too long", JSON.stringify({ type: "queue.leave", id: "x".repeat(65), ts: 0 }), "INVALID_ENVELOPE"],
  ["a key too many", JSON.stringify({ type: "queue.leave", id: "bad", ts: 0, to: "b" }), "INVALID_ENVELOPE"],
  ["an unknown type", frameOf("queue.steal"), "UNKNOWN_TYPE"],
  ["an inherited name as type", frameOf("constructor"), "UNKNOWN_TYPE"],
  ["a server's type", frameOf("game.result"), "UNKNOWN_TYPE"],
  ["an unknown field", frameOf("queue.leave", { all: true }), "UNKNOWN_FIELD"],
  ["a poisoned prototype", leaveWith('{"__proto__":{"admin":true}}'), "UNKNOWN_FIELD"],
  ["a missing field", frameOf("match.ready", { match_id: "match_1" }), "MISSING_FIELD"],
  ["a wrong type", frameOf("queue.enter", { game_type: 7 }), "INVALID_FIELD"],
  ["a number beyond numbers", leaveWith("1e999"), "INVALID_ENVELOPE"],
  ["a negative offset", frameOf("game.progress", { match_id: "m", from: -1, typed: "" }), "INVALID_FIELD"],
  ["a huge message", frameOf("queue.enter", { game_type: "x".repeat(20_000) }), "PAYLOAD_TOO_LARGE"],
  [
    "a wide message",
    frameOf("queue.leave", Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`k${i}`, i]))),
    "PAYLOAD_TOO_LARGE",
  ],
  ["a deep message", leaveWith(nested(50)), "PAYLOAD_TOO_DEEP"],
  ["a bottomless message", leaveWith(nested(8_000)), "PAYLOAD_TOO_DEEP"],
  ["a binary frame", Buffer.from(frameOf("queue.leave")), "BINARY_NOT_SUPPORTED"],
  ["bytes of no meaning", Buffer.from([0, 255, 1, 254]), "BINARY_NOT_SUPPORTED"],
];

/** Each kind of bad frame, and the code that it gets from a player who waits for nothing. */
export const badFrames: readonly BadFrame[] = [
  ...malformed,
  ["an unknown mode", frameOf("queue.enter", { game_type: "chess" }), "QUEUE_NOT_FOUND"],
  ["an inherited name as mode", frameOf("queue.enter", { game_type: "constructor" }), "QUEUE_NOT_FOUND"],
  ["no tier where stakes are", frameOf("queue.enter", { game_type: "code_duel" }), "QUEUE_NOT_FOUND"],
  [
    "an unknown tier",
    frameOf("queue.enter", { game_type: "code_duel", stake_tier: "constructor" }),
    "QUEUE_NOT_FOUND",
  ],
  ["a closed mode", frameOf("queue.enter", { game_type: "closed" }), "MODE_NOT_AVAILABLE"],
  ["a second sign-in", frameOf("auth", { token: "t", client: "c" }), "ALREADY_AUTHENTICATED"],
  ["leaving no queue", frameOf("queue.leave"), "NOT_IN_QUEUE"],
  [
    "a party of others",
    frameOf("queue.enter", { game_type: "slow", party_id: "party_1" }),
    "PARTY_NOT_FOUND",
  ],
  [
    "accepting no match",
    frameOf("match.ready", { match_id: "match_0", response: "accept" }),
    "MATCH_NOT_FOUND",
  ],
  ["abandoning no match", frameOf("match.abandon", { match_id: "match_0" }), "MATCH_NOT_FOUND"],
  [
    "typing in no match",
    frameOf("game.progress", { match_id: "match_0", from: 0, typed: "x" }),
    "MATCH_NOT_FOUND",
  ],
];
