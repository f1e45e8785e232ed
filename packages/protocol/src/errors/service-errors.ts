import { describeErrors } from "./error-description.ts";

/** The service itself: how much it takes, and whether it can. */
export const serviceErrors = describeErrors({
  RATE_LIMITED: {
    httpStatus: 429,
    retryable: true,
    happened: "Too many messages came in too short a time.",
    whatToDo: "Wait as long as the answer says, and send less often.",
  },
  TOO_MANY_IN_FLIGHT: {
    httpStatus: 429,
    retryable: true,
    happened: "Too many of your requests are still being carried out.",
    whatToDo: "Wait for their replies before sending more.",
  },
  POOL_FULL: {
    httpStatus: 503,
    retryable: true,
    happened: "The server holds all the connections it can.",
    whatToDo: "Connect again in a moment.",
  },
  STORE_UNAVAILABLE: {
    httpStatus: 503,
    retryable: true,
    happened: "The service cannot store anything at the moment; nothing of yours is lost.",
    whatToDo: "Send the same request, with the same id, again in a moment.",
  },
  DRAINING: {
    httpStatus: 503,
    retryable: true,
    happened: "This server is about to stop.",
    whatToDo: "Connect again; another server takes over.",
  },
  UNSUPPORTED: {
    httpStatus: 501,
    retryable: false,
    happened: "This server does not offer that.",
    whatToDo: "Do without it, or use a server that does.",
  },
  NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "There is nothing at this address.",
    whatToDo: "Check the path.",
  },
  INVALID_CONFIGURATION: {
    httpStatus: 422,
    retryable: false,
    happened: "What was given makes no sense together.",
    whatToDo: "Name nothing twice, no lower bound above its upper one, and in rules what the message says.",
  },
  RULES_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "This version of the rules is not kept, or is the one in force.",
    whatToDo: "Roll back to one of the versions in the list, or upload the rules anew.",
  },
  INTERNAL_ERROR: {
    httpStatus: 500,
    retryable: true,
    happened: "Something failed on our side; nothing was changed.",
    whatToDo: "Try again, and tell the operator if it goes on.",
  },
});
