import { type MessagePort, Worker } from "node:worker_threads";
import type { Command } from "@matchforge/core";
import { type StoredBatch, StoreError, storeErrorCodes } from "@matchforge/stores";
import type { Report } from "matchforge";
import type { EngineThreadData, FromEngineThread, ToEngineThread } from "./engine-thread-messages.ts";

/** The main thread's handle on its engine thread. */
export class EngineThreadHost {
  readonly #worker: Worker;
  readonly #stopped: Promise<void>;
  #resolveReady: (position: number) => void = () => {};
  /** The position it had read the log up to when it began to take batches. */
  readonly ready: Promise<number>;

  constructor(options: {
    readonly data: EngineThreadData;
    /** What of `data` moves to the thread instead of being copied. */
    readonly transfer: readonly MessagePort[];
    readonly submit: (command: Command) => void;
    readonly report: Report;
    readonly onFatal: (error: unknown) => void;
  }) {
    const { data } = options;
    this.#worker = new Worker(new URL("./engine-thread.ts", import.meta.url), {
      workerData: data,
      transferList: [...options.transfer],
      name: "engine",
    });
    let stopping: () => void;
    this.#stopped = new Promise((resolve) => {
      stopping = resolve;
    });
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#worker.once("error", (error) => reject(asThrown(error)));
      this.#worker.once("exit", () => reject(new Error("the engine thread ended before it was ready")));
    });
    // Until it is ready a failure is its starter's to tell.
    void this.ready.then(
      () => this.#worker.on("error", (error) => options.onFatal(asThrown(error))),
      () => {},
    );
    this.#worker.on("exit", () => stopping());
    this.#worker.on("message", (message: FromEngineThread) => {
      if (message.type === "submit") for (const command of message.commands) options.submit(command);
      else if (message.type === "ready") this.#resolveReady(message.position);
      else if (message.type === "problem") options.report({ code: message.code, detail: message.detail });
      else if (message.type === "fatal") options.onFatal(message.error);
      else stopping();
    });
  }

  /** Forwards a batch as the log took it. */
  forward(batch: StoredBatch): void {
    this.#post({ type: "batch", batch });
  }

  /** Lets it store what is outstanding; resolves when it has ended. */
  async stop(): Promise<void> {
    this.#post({ type: "stop" });
    await this.#stopped;
    await this.#worker.terminate();
  }

  /** Ends it at once, whatever it is doing. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(message: ToEngineThread): void {
    this.#worker.postMessage(message);
  }
}

/** An error of another thread arrives without its class, by which failures of a store are told from bugs. */
function asThrown(error: unknown): unknown {
  const { name, message, code: given } = error as { name?: string; message?: string; code?: string };
  const code = storeErrorCodes.find((known) => known === given);
  if (name !== "StoreError" || code === undefined) return error;
  return new StoreError(code, message ?? "", { cause: error });
}
