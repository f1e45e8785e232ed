import { readFileSync } from "node:fs";
import { lastLines } from "../last-lines.ts";
import { testbedLimits } from "../limits.ts";
import type { Keeper, RunningProgram } from "../processes/keeper.ts";
import { isPaused, isRunning, killTree, pauseTree, resumeTree, signal } from "../processes/process-tree.ts";
import type { Account } from "../programs/unprivileged-account.ts";
import { waitUntil } from "../wait-until.ts";

/** How to run a server whose folder is prepared. */
export interface ServerPlan {
  readonly name: string;
  readonly keeper: Keeper;
  readonly account: Account | undefined;
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that goes with the server; its data and its log are inside. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly logFile: string;
  readonly port: number;
  readonly url: string;
  readonly settings: Readonly<Record<string, string>>;
  /** The signal that asks for an orderly end. */
  readonly stopSignal: NodeJS.Signals;
  /** Whether the process with this id answers clients. */
  isReady(pid: number): boolean | Promise<boolean>;
}

/**
 * A server of our own on 127.0.0.1, which can die in any way and be started again where it stood: same
 * folder, same port. When this process ends, it ends and its folder goes.
 *
 * @example
 * await using server = await startRedis();
 * await server.kill();
 * await server.start();
 */
export class PrivateServer implements AsyncDisposable {
  readonly #plan: ServerPlan;
  #running: RunningProgram | undefined;
  #paused: readonly number[] = [];

  constructor(plan: ServerPlan) {
    this.#plan = plan;
  }

  get url(): string {
    return this.#plan.url;
  }

  get host(): string {
    return "127.0.0.1";
  }

  get port(): number {
    return this.#plan.port;
  }

  get dataFolder(): string {
    return this.#plan.dataFolder;
  }

  /** What the server prints. */
  get logFile(): string {
    return this.#plan.logFile;
  }

  /** Everything it was told to differ from its own defaults. */
  get settings(): Readonly<Record<string, string>> {
    return this.#plan.settings;
  }

  get isRunning(): boolean {
    return this.#running !== undefined && !this.#running.hasEnded();
  }

  /** Its first process. */
  get pid(): number {
    if (this.#running === undefined) throw new Error(`${this.#plan.name} is not running.`);
    return this.#running.pid;
  }

  /** Starts it on the folder and port it had; resolves when it answers. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    const { name, keeper, program, args, account, logFile } = this.#plan;
    const running = await keeper.start({ program, args, account, logFile });
    this.#running = running;
    const answers = () => {
      if (running.hasEnded()) throw new Error(`${name} ended when it was started.`);
      return this.#plan.isReady(running.pid);
    };
    try {
      await waitUntil(answers, { what: `an answer of ${name}`, withinMs: testbedLimits.startMs });
    } catch (error) {
      await this.kill();
      const log = lastLines(readFileSync(logFile, "utf8"));
      throw new Error(`${(error as Error).message} Its log says:\n${log}`, { cause: error });
    }
  }

  /** Asks for an orderly end and waits for it. Its folder stays. */
  async stop(): Promise<void> {
    this.resume();
    const { name, stopSignal } = this.#plan;
    const running = this.#running;
    if (running === undefined) return;
    const hasEnded = () => {
      // Asked once is not enough: a Redis that is writing its first log refuses, and forgets it was asked.
      if (!running.hasEnded()) signal(running.pid, stopSignal);
      return running.hasEnded();
    };
    await waitUntil(hasEnded, { what: `the end of ${name}`, withinMs: testbedLimits.stopMs });
    this.#running = undefined;
  }

  /** Ends all its processes at once by SIGKILL; resolves when they are gone. */
  async kill(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    const pids = running.hasEnded() ? [] : killTree(running.pid);
    this.#paused = [];
    this.#running = undefined;
    await waitUntil(() => running.hasEnded() && !pids.some(isRunning), {
      what: `the death of ${this.#plan.name}`,
      withinMs: testbedLimits.stopMs,
    });
  }

  /** Halts all its processes, and resolves when they stand still: connections stay, nothing answers. */
  async pause(): Promise<void> {
    const pids = pauseTree(this.pid);
    this.#paused = pids;
    await waitUntil(() => pids.every(isPaused), {
      what: `${this.#plan.name} to stand still`,
      withinMs: testbedLimits.stopMs,
    });
  }

  /** Lets it go on after a pause. */
  resume(): void {
    resumeTree(this.#paused);
    this.#paused = [];
  }

  /** Ends it at once and removes its folder. */
  async remove(): Promise<void> {
    await this.kill();
    await this.#plan.keeper.removeFolder(this.#plan.folder);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove();
  }
}
