import { describeErrors } from "./error-description.ts";

/** Refusals of commands that nodes append among themselves. A player sees them only through a fault of ours. */
export const nodeErrors = describeErrors({
  STALE_TERM: {
    httpStatus: 409,
    retryable: false,
    happened: "The command came from a node that leads no longer.",
    whatToDo: "Leave it to the present leader.",
  },
  STALE_RULES: {
    httpStatus: 409,
    retryable: false,
    happened: "The command was made under rules that are no longer in force.",
    whatToDo: "Make it again under the present rules.",
  },
  EFFECT_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "No such effect is outstanding.",
    whatToDo: "Nothing: its outcome has been recorded already.",
  },
  NODE_NOT_FOUND: {
    httpStatus: 404,
    retryable: false,
    happened: "No such node is known.",
    whatToDo: "Announce the node first.",
  },
  LEVEL_NOT_SUPPORTED: {
    httpStatus: 409,
    retryable: false,
    happened: "A live node does not support this kernel level.",
    whatToDo: "Upgrade every node first.",
  },
  REPEATED: {
    httpStatus: 409,
    retryable: false,
    happened: "The request has been carried out before.",
    whatToDo: "Nothing: the reply to the first one holds.",
  },
});
