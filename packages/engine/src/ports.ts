import type { Command, KernelEvent } from "@matchforge/core";

/** The shell's time. Injected everywhere, so that the simulator can bring its own. */
export interface Clock {
  /** Milliseconds that never go back; only differences mean anything. */
  now(): number;
  /** Calls once after `delayMs`; the returned function takes it back. */
  after(delayMs: number, call: () => void): () => void;
  /** Calls at the end of the current turn, after everything that arrived in it. */
  soon(call: () => void): void;
}

/** Where the shell's randomness comes from: values derived from the shard's secret, never drawn freely. */
export interface Dice {
  /** HMAC(epoch secret, purpose ‖ id) as 64 hex digits. */
  draw(options: { readonly epoch: number; readonly purpose: string; readonly id: string }): string;
  /** The secret of an epoch, shown when everything drawn from it has ended. */
  secretOf(epoch: number): string;
}

/** New ids, sortable by time. */
export interface Ids {
  next<Prefix extends "ticket" | "match" | "party">(prefix: Prefix): `${Prefix}_${string}`;
}

/** What became of a command: its events once it stands in the log and this node has applied it. */
export type Outcome =
  | { readonly ok: true; readonly position: number; readonly events: readonly KernelEvent[] }
  | { readonly ok: false; readonly code: "STORE_UNAVAILABLE" | "DRAINING" };

/** Hands a command to the log. */
export type Submit = (command: Command) => Promise<Outcome>;

/** Something odd that an operator should see; nobody's state depends on it. */
export type Report = (problem: { readonly code: string; readonly detail: string }) => void;
