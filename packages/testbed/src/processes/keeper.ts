import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { serverEnvironment } from "../environment.ts";
import type { Account } from "../programs/unprivileged-account.ts";
import type { KeeperAnswers, KeeperMessage, KeeperRequest, ProgramToStart } from "./keeper-messages.ts";

const script = fileURLToPath(new URL("./keeper-process.ts", import.meta.url));

const keeperIsGone = "The process that keeps the servers of the tests has ended. Start the tests again.";

/** A program that was started, and whether it has ended since, in whatever way. */
export interface RunningProgram {
  readonly pid: number;
  hasEnded(): boolean;
  /** What it ended with; null when a signal ended it, and before. */
  exitCode(): number | null;
}

/** A request without its id. */
type Wish = KeeperRequest extends infer Request
  ? Request extends unknown
    ? Omit<Request, "id">
    : never
  : never;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * This process's end of its keeper. It keeps no process from ending: when this one does, the keeper ends
 * the servers and removes the folders it was asked for.
 */
export class Keeper {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly #running = new Map<number, (exitCode: number | null) => void>();
  #lastId = 0;

  constructor() {
    // A group of its own, so that Ctrl-C in a terminal does not reach it before its work is done.
    this.#process = spawn(process.execPath, [script], {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: serverEnvironment(),
    });
    this.#process.on("message", (message: KeeperMessage) => this.#take(message));
    this.#process.once("error", (error) => this.#giveUp(error));
    this.#process.once("exit", () => this.#giveUp(new Error(keeperIsGone)));
    this.#process.unref();
    this.#process.channel?.unref();
  }

  /** Makes a folder that only its owner may enter. */
  async makeFolder({ owner }: { readonly owner: Account | undefined }): Promise<string> {
    return (await this.#ask<"makeFolder">({ do: "makeFolder", owner })).folder;
  }

  async removeFolder(folder: string): Promise<void> {
    await this.#ask<"removeFolder">({ do: "removeFolder", folder });
  }

  async start(program: ProgramToStart): Promise<RunningProgram> {
    let end: { readonly exitCode: number | null } | undefined;
    const id = this.#newId();
    this.#running.set(id, (exitCode) => {
      end = { exitCode };
    });
    const { pid } = await this.#ask<"start">({ do: "start", ...program }, id);
    return { pid, hasEnded: () => end !== undefined, exitCode: () => end?.exitCode ?? null };
  }

  #newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #ask<Deed extends keyof KeeperAnswers>(wish: Wish, id = this.#newId()): Promise<KeeperAnswers[Deed]> {
    return new Promise((resolve, reject) => {
      if (!this.#process.connected) {
        reject(new Error(keeperIsGone));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      // Whoever waits for an answer must not end for want of anything else to do.
      this.#process.channel?.ref();
      this.#process.send({ id, ...wish });
    });
  }

  #take(message: KeeperMessage): void {
    if ("ended" in message) {
      this.#running.get(message.ended)?.(message.exitCode);
      this.#running.delete(message.ended);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#process.channel?.unref();
    if ("failure" in message) waiting?.reject(new Error(message.failure));
    else waiting?.resolve(message.answer as never);
  }

  #giveUp(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    for (const noteEnd of this.#running.values()) noteEnd(null);
    this.#running.clear();
  }
}
