import { describeErrors } from "./error-description.ts";

/** Who is asking, and whether they may. */
export const accessErrors = describeErrors({
  NOT_AUTHENTICATED: {
    httpStatus: 401,
    retryable: false,
    happened: "Nobody has signed in on this connection.",
    whatToDo: "Send auth first.",
  },
  ALREADY_AUTHENTICATED: {
    httpStatus: 409,
    retryable: false,
    happened: "Somebody has signed in on this connection already.",
    whatToDo: "Open another connection to sign in anew.",
  },
  AUTH_TIMEOUT: {
    httpStatus: 401,
    retryable: true,
    happened: "No auth came in time.",
    whatToDo: "Connect again and send auth at once.",
  },
  INVALID_TOKEN: {
    httpStatus: 401,
    retryable: false,
    happened: "The token is not valid here.",
    whatToDo: "Get a new token from whoever issues them for this server.",
  },
  TOKEN_EXPIRED: {
    httpStatus: 401,
    retryable: false,
    happened: "The token has expired.",
    whatToDo: "Get a new token.",
  },
  WRONG_SHARD: {
    httpStatus: 421,
    retryable: false,
    happened: "The token belongs to another shard.",
    whatToDo: "Connect to the shard the token names.",
  },
  IDENTITY_MISMATCH: {
    httpStatus: 403,
    retryable: false,
    happened: "The address or player id given is not the token's.",
    whatToDo: "Leave it out, or give the one the token was issued for.",
  },
  CONNECTION_REPLACED: {
    httpStatus: 409,
    retryable: false,
    happened: "You connected from somewhere else.",
    whatToDo: "Go on there, or reload to come back here.",
  },
  GUESTS_DISABLED: {
    httpStatus: 403,
    retryable: false,
    happened: "This server takes no guests.",
    whatToDo: "Sign in with a token or a wallet.",
  },
  FORBIDDEN: {
    httpStatus: 403,
    retryable: false,
    happened: "You may not do this.",
    whatToDo: "Ask with a role that may.",
  },
});
