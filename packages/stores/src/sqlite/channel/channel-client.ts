import type { MessagePort } from "node:worker_threads";
import { StoreError } from "../../errors.ts";
import { Watchers } from "../../watchers.ts";
import { unpackFailure } from "./failure.ts";
import type { Answer, Caller, Operations, ToClient, ToThread } from "./messages.ts";

type Pending = PromiseWithResolvers<unknown>;

/**
 * A client's end of a channel to the writer thread: calls go out at once, answers come back per committed group.
 * When the thread or the port ends, every unanswered and later call rejects, so nothing waits for ever.
 */
export class ChannelClient<Known extends Operations> implements Caller<Known> {
  readonly #port: MessagePort;
  readonly #pending = new Map<number, Pending>();
  readonly #watchers = new Watchers();
  #lastId = 0;
  #watching = false;
  #ended: StoreError | undefined;
  #endsWith = new StoreError(
    "STORE_UNAVAILABLE",
    "The thread that owns the file has ended. Open the file again.",
  );

  constructor(port: MessagePort) {
    this.#port = port;
    port.on("message", (message: ToClient) => this.#receive(message));
    port.on("close", () => this.end(this.#endsWith));
  }

  call<Name extends keyof Known & string>(
    operation: Name,
    argument: Known[Name]["argument"],
  ): Promise<Known[Name]["result"]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const pending: Pending = Promise.withResolvers();
    this.#send({ kind: "call", id: this.#lastId, operation, argument });
    this.#pending.set(this.#lastId, pending);
    return pending.promise;
  }

  /** Wakes `listener` after appends of any client. Throws once the channel has ended. */
  watch(listener: () => void): () => void {
    if (this.#ended !== undefined) throw this.#ended;
    if (!this.#watching) this.#send({ kind: "watch" });
    this.#watching = true;
    return this.#watchers.add(listener);
  }

  /** The end is on its way and expected: calls that are answered before it succeed, later ones reject with `reason`. */
  expectEnd(reason: StoreError): void {
    this.#endsWith = reason;
  }

  /** Ends the channel: what is unanswered, and every later call, rejects with `reason`. The first reason stays. */
  end(reason: StoreError): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#watchers.clear();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    this.#port.close();
  }

  #send(message: ToThread): void {
    this.#port.postMessage(message);
  }

  #receive({ answers, appended }: ToClient): void {
    for (const answer of answers) settle(this.#pending, answer);
    if (appended) this.#watchers.wake();
  }
}

function settle(pending: Map<number, Pending>, answer: Answer): void {
  const call = pending.get(answer.id);
  pending.delete(answer.id);
  if ("failure" in answer) call?.reject(unpackFailure(answer.failure));
  else call?.resolve(answer.result);
}
