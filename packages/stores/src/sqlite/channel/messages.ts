import type { MessagePort } from "node:worker_threads";
import type { Failure } from "./failure.ts";

/** The operations a client may call, by name. */
export type Operations = Record<string, { readonly argument: unknown; readonly result: unknown }>;

/** What a client sends to the writer thread. */
export type ToThread =
  | { readonly kind: "call"; readonly id: number; readonly operation: string; readonly argument: unknown }
  /** This client wants to be woken after appends. */
  | { readonly kind: "watch" }
  /** Another client joins through `port`. */
  | { readonly kind: "connect"; readonly port: MessagePort }
  /** Commit what has arrived, close the file and end. */
  | { readonly kind: "close" };

export type Call = Extract<ToThread, { kind: "call" }>;

/** The outcome of one call. */
export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: Failure };

/** What the writer thread sends to a client: one message per group. */
export interface ToClient {
  readonly answers: readonly Answer[];
  /** True when the group appended to the log and the client watches it. */
  readonly appended: boolean;
}

/** The first message on the port the file was opened with. */
export type Opened = { readonly opened: true } | { readonly opened: false; readonly failure: Failure };

/** One kind of operation at the thread's end: given its argument, answers its result or throws. */
export type Handlers<Known extends Operations> = {
  readonly [Name in keyof Known]: (argument: Known[Name]["argument"]) => Known[Name]["result"];
};

/** The client's end, as the adapters see it. */
export interface Caller<Known extends Operations> {
  call<Name extends keyof Known & string>(
    operation: Name,
    argument: Known[Name]["argument"],
  ): Promise<Known[Name]["result"]>;
}
