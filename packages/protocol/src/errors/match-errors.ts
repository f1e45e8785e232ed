import { describeErrors } from "./error-description.ts";

/** Matches and the games played in them. */
export const matchErrors = describeErrors({
  MATCH_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is no such match.",
    whatToDo: "Check the match's id.",
  },
  PLAYER_NOT_IN_MATCH: {
    httpStatus: 403,
    retryable: false,
    happened: "You are not a player of this match.",
    whatToDo: "Use the id of your own match.",
  },
  INVALID_STATE: {
    httpStatus: 409,
    retryable: false,
    happened: "The match, the ticket or the territory is in a state that does not allow this.",
    whatToDo: "Look at its newest state; in a party, leave the queue first.",
  },
  LOBBY_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is no such lobby or round.",
    whatToDo: "Check its id; it may have ended.",
  },
  GRACE_PERIOD_EXPIRED: {
    httpStatus: 409,
    retryable: false,
    happened: "You were away for longer than the match waits, and forfeited it.",
    whatToDo: "Enter the queue for a new match.",
  },
  STALE_EPOCH: {
    httpStatus: 409,
    retryable: false,
    happened: "This came from a connection that has been replaced.",
    whatToDo: "Go on with the newest connection.",
  },
  STALE_OFFSET: {
    httpStatus: 409,
    retryable: false,
    happened: "These keys do not follow the ones received so far.",
    whatToDo: "Send all keys again from the offset last acknowledged.",
  },
  TYPING_TOO_FAST: {
    httpStatus: 429,
    retryable: false,
    happened: "More keys came in a second than a person types.",
    whatToDo: "Send keys as they are typed.",
  },
  COMMITMENT_MISMATCH: {
    httpStatus: 409,
    retryable: false,
    happened: "The text and salt do not fit the commitment of the match.",
    whatToDo: "Begin the match with the text it was committed to.",
  },
});
