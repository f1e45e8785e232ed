import { describeErrors } from "./error-description.ts";

/** Game servers, passes to them, and the results they tell. */
export const serverErrors = describeErrors({
  SERVER_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "No such game server is registered.",
    whatToDo: "Register it again: it may have been silent for too long.",
  },
  NO_SERVER: {
    httpStatus: 503,
    retryable: true,
    happened: "No game server that suits the match has room.",
    whatToDo: "Wait: the players are in the queue again, with their age.",
  },
  TOO_MANY_SERVERS: {
    httpStatus: 503,
    retryable: true,
    happened: "The shard knows as many game servers as it can.",
    whatToDo: "Take servers down that are not needed, or use another shard.",
  },
  INVALID_RESULT: {
    httpStatus: 422,
    retryable: false,
    happened: "The result does not fit the match.",
    whatToDo:
      "Name every player of the match once, in the teams of the match, and give all teams a rank or all of them a score.",
  },
  MATCH_TICKET_INVALID: {
    httpStatus: 403,
    retryable: false,
    happened:
      "The match ticket is not a valid one for this match, player and server, or a newer one was issued.",
    whatToDo: "Ask the player for the newest match ticket.",
  },
  MATCH_TICKET_EXPIRED: {
    httpStatus: 403,
    retryable: false,
    happened: "The match ticket has expired.",
    whatToDo: "Let the player ask for a fresh one.",
  },
  MATCH_TICKET_USED: {
    httpStatus: 409,
    retryable: false,
    happened: "The match ticket has been redeemed already.",
    whatToDo: "Let the player ask for a fresh one.",
  },
});
