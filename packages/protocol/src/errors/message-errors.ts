import { describeErrors } from "./error-description.ts";

/** A message that cannot be understood. The connection survives all of them. */
export const messageErrors = describeErrors({
  MALFORMED_JSON: {
    httpStatus: 400,
    retryable: false,
    happened: "The message is not JSON.",
    whatToDo: "Send one JSON object per message, as UTF-8 text.",
  },
  INVALID_ENVELOPE: {
    httpStatus: 400,
    retryable: false,
    happened: "The message is not an envelope of type, id, ts and data.",
    whatToDo: "Send exactly these four keys: a type, an id of your own, the time in ms, and an object.",
  },
  UNKNOWN_TYPE: {
    httpStatus: 400,
    retryable: false,
    happened: "No client message has this type.",
    whatToDo: "Look the type up in the reference of messages.",
  },
  MISSING_FIELD: {
    httpStatus: 400,
    retryable: false,
    happened: "A required field is missing.",
    whatToDo: "Add the field the message names.",
  },
  UNKNOWN_FIELD: {
    httpStatus: 400,
    retryable: false,
    happened: "A field is not part of this message.",
    whatToDo: "Leave out the field the message names, or correct its spelling.",
  },
  INVALID_FIELD: {
    httpStatus: 400,
    retryable: false,
    happened: "A field has a value it must not have.",
    whatToDo: "Correct the field the message names; it says what is expected.",
  },
  PAYLOAD_TOO_LARGE: {
    httpStatus: 413,
    retryable: false,
    happened: "The message is larger than allowed.",
    whatToDo: "Send less at once; the limits stand in the reference.",
  },
  PAYLOAD_TOO_DEEP: {
    httpStatus: 400,
    retryable: false,
    happened: "The message nests objects or arrays deeper than allowed.",
    whatToDo: "Send flatter data; no message needs this depth.",
  },
  BINARY_NOT_SUPPORTED: {
    httpStatus: 415,
    retryable: false,
    happened: "The frame is binary.",
    whatToDo: "Send text frames.",
  },
  ID_REUSED: {
    httpStatus: 409,
    retryable: false,
    happened: "This message id was used for another request a moment ago.",
    whatToDo: "Give every new request a new id; repeat an id only to repeat the same request.",
  },
});
