/** What a client does after a close. */
export type AfterClose = "stop" | "reconnect" | "authenticate";

/** One way a socket is closed by the server. */
export interface CloseReason {
  readonly code: number;
  readonly happened: string;
  /** `stop`: do not come back unasked. `authenticate`: come back with a new token. */
  readonly afterClose: AfterClose;
}

/**
 * The codes with which the server closes a socket; 4000 and above are ours.
 *
 * @example
 * socket.close(closeCodes.replaced.code, "CONNECTION_REPLACED");
 */
export const closeCodes = {
  normal: { code: 1000, happened: "The connection had done its work.", afterClose: "stop" },
  policyViolation: {
    code: 1008,
    happened: "The client broke the rules of the protocol, such as one message in too many frames.",
    afterClose: "stop",
  },
  messageTooLarge: {
    code: 1009,
    happened: "A frame was too large to be read at all.",
    afterClose: "reconnect",
  },
  internalError: { code: 1011, happened: "Something failed on the server.", afterClose: "reconnect" },
  serviceRestart: {
    code: 1012,
    happened:
      "This node is going away or fell behind; another one, or the same after its restart, takes over.",
    afterClose: "reconnect",
  },
  tryAgainLater: {
    code: 1013,
    happened: "The node holds all the connections it can.",
    afterClose: "reconnect",
  },
  replaced: {
    code: 4001,
    happened: "The same player connected elsewhere; the newest connection wins.",
    afterClose: "stop",
  },
  notAuthenticated: {
    code: 4401,
    happened: "No valid `auth` came in time, or the token ran out.",
    afterClose: "authenticate",
  },
  pongMissing: { code: 4408, happened: "A `ping` went unanswered.", afterClose: "reconnect" },
  slowReader: {
    code: 4413,
    happened: "The client read too slowly and too much was waiting for it.",
    afterClose: "reconnect",
  },
  flooding: { code: 4429, happened: "The client kept sending over its limits.", afterClose: "reconnect" },
} as const satisfies Record<string, CloseReason>;

/** The name of a close code. */
export type CloseName = keyof typeof closeCodes;

/** What a client should do after a close with `code`; codes that are not ours mean `reconnect`. */
export function afterClose(code: number): AfterClose {
  const known = Object.values(closeCodes).find((reason) => reason.code === code);
  return known === undefined ? "reconnect" : known.afterClose;
}
