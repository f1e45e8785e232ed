import { describeErrors } from "./error-description.ts";

/** Tickets, pools, modes and parties. */
export const queueErrors = describeErrors({
  ALREADY_IN_QUEUE: {
    httpStatus: 409,
    retryable: false,
    happened: "You are already in a matchmaking queue or a match.",
    whatToDo: "Leave the queue, or finish the match, first.",
  },
  NOT_IN_QUEUE: {
    httpStatus: 409,
    retryable: false,
    happened: "You are not in a matchmaking queue.",
    whatToDo: "Enter a queue first.",
  },
  QUEUE_FULL: {
    httpStatus: 503,
    retryable: true,
    happened: "This queue holds all the tickets it can.",
    whatToDo: "Try again in a moment, or choose another mode or stake.",
  },
  QUEUE_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is no such mode or stake tier.",
    whatToDo: "Choose one of those in the matchmaking statistics.",
  },
  MODE_NOT_AVAILABLE: {
    httpStatus: 409,
    retryable: true,
    happened: "This mode cannot be played at the moment.",
    whatToDo: "Choose another mode, or come back later.",
  },
  COOLDOWN: {
    httpStatus: 429,
    retryable: true,
    happened: "You left or missed matches of this mode and must wait before the next one.",
    whatToDo: "Wait as long as the answer says.",
  },
  TICKET_NOT_WAITING: {
    httpStatus: 409,
    retryable: false,
    happened: "The ticket is not waiting any more.",
    whatToDo: "Look at the newest state; a match may have been found.",
  },
  TICKET_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "You have no such ticket.",
    whatToDo: "Check its id; tickets are forgotten some minutes after they have ended.",
  },
  CONSTRAINTS_NOT_SATISFIED: {
    httpStatus: 409,
    retryable: false,
    happened: "These players cannot be matched under the rules and their own wishes.",
    whatToDo: "Loosen the preferences.",
  },
  PLAYER_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is no such player.",
    whatToDo: "Check the player's id.",
  },
  PARTY_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is no such party.",
    whatToDo: "Check the party's id; it may have disbanded.",
  },
  PARTY_FULL: {
    httpStatus: 409,
    retryable: false,
    happened: "The party has no place left.",
    whatToDo: "Wait until somebody leaves it.",
  },
  INVALID_PARTY_OPERATION: {
    httpStatus: 409,
    retryable: false,
    happened: "The party does not allow this now, or not from you.",
    whatToDo: "Ask the party's leader, and leave the queue first.",
  },
  CREW_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is no such crew.",
    whatToDo: "Check the crew's id; it may have disbanded.",
  },
  CREW_FULL: {
    httpStatus: 409,
    retryable: false,
    happened: "The crew, or its side of the siege, has no place left.",
    whatToDo: "Wait until somebody leaves it.",
  },
  TOO_MANY_CREWS: {
    httpStatus: 409,
    retryable: false,
    happened: "There are as many crews as there may be.",
    whatToDo: "Join a crew that there is, or wait until one disbands.",
  },
  INVALID_CREW_OPERATION: {
    httpStatus: 409,
    retryable: false,
    happened: "The crew does not allow this now, or not from you.",
    whatToDo: "Ask the crew's leader; it takes three members to queue or to besiege.",
  },
});
