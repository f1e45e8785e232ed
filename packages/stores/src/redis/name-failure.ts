import { AssertionError } from "node:assert/strict";
import { StoreError } from "../errors.ts";

/** Replies of Redis to a command that can never work as it was sent: bugs of ours. */
const ours: ReadonlySet<string> = new Set(["ERR", "WRONGTYPE", "CROSSSLOT", "NOSCRIPT", "BUSYGROUP"]);

const bugs = [StoreError, TypeError, RangeError, ReferenceError, AssertionError];

/** What an operator can do about those that have a remedy of their own. */
const advice: Readonly<Record<string, string>> = {
  OOM: "Its memory is used up: raise maxmemory, or let the log be trimmed.",
  MISCONF: "It cannot write its file: check the free space and the permissions of its folder.",
  NOAUTH: "It wants a password: name it in the address.",
  WRONGPASS: "It knows no such name or password: check the address.",
  NOPERM: "Its access list forbids the command: allow it for the user named in the address.",
  LOADING: "It is still reading its file.",
  READONLY: "It is a replica; its master is asked for again.",
  MASTERDOWN: "It is a replica that has lost its master.",
  CLUSTERDOWN: "The cluster lacks a master and promotes a replica if it has one.",
};

/**
 * Names what a command to the Redis at `place` threw: `STORE_UNAVAILABLE` for whatever passes or can be helped. A
 * command whose connection was lost or that was not answered in time is in doubt, and is named the same. A reply that
 * says the command itself is wrong is a bug and is answered as it is.
 */
export function nameFailure(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || bugs.some((bug) => error instanceof bug)) return error;
  const cause = firstOf(error);
  const code = isReply(cause) ? codeOf(cause) : "";
  if (ours.has(code)) return cause;
  const hint = advice[code];
  const detail = `${place} cannot be used (${textOf(cause)}).${hint === undefined ? "" : ` ${hint}`}`;
  return new StoreError("STORE_UNAVAILABLE", detail, { cause });
}

/** Whether Redis itself said it, so that the connection is in order. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

/** The first word of an error's text is its code. */
export function codeOf(error: Error): string {
  return error.message.split(" ", 1)[0] ?? "";
}

/** What an error says, in words that do not speak of the driver's options. */
export function textOf(error: Error): string {
  if (error.name === "MaxRetriesPerRequestError") return "the connection was lost";
  if (error.message.startsWith("Stream isn't writeable")) return "it is not connected";
  // Several addresses of one host that all failed have no message together.
  return error.message || ("code" in error ? String(error.code) : error.name);
}

/** A transaction that was not begun says so, and carries the reasons beside it. */
function firstOf(error: Error): Error {
  const previous = "previousErrors" in error ? error.previousErrors : undefined;
  return Array.isArray(previous) && previous[0] instanceof Error ? previous[0] : error;
}
