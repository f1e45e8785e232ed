import type { DatabaseSync } from "node:sqlite";
import type { MessagePort } from "node:worker_threads";
import { prepareArchiveReads, prepareArchiveWrites } from "../../archive/sqlite/archive-operations.ts";
import { StoreError } from "../../errors.ts";
import { prepareLogReads, prepareLogWrites } from "../../log/sqlite/log-operations.ts";
import { packFailure } from "../channel/failure.ts";
import type { Answer, Call } from "../channel/messages.ts";
import { nameFailure } from "../name-failure.ts";

type Handler = (argument: unknown) => unknown;
type Table = Readonly<Record<string, Handler | undefined>>;

/** A call and the client that waits for its answer. */
export interface Request {
  readonly client: MessagePort;
  readonly call: Call;
}

/** What a group answered, by client. */
export interface GroupResult {
  readonly answers: ReadonlyMap<MessagePort, Answer[]>;
  readonly appended: boolean;
}

/**
 * Carries out requests in groups: all writes of a group in one transaction, so that one wait for the disk
 * serves them all; reads after it, so that they show only what is durable.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #writes: Table;
  readonly #reads: Table;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
    this.#writes = { ...prepareLogWrites(database), ...prepareArchiveWrites(database) } as Table;
    this.#reads = { ...prepareLogReads(database), ...prepareArchiveReads(database) } as Table;
  }

  run(group: readonly Request[]): GroupResult {
    const outcomes = new Map<Request, Answer>();
    const writes = group.filter(({ call }) => this.#writes[call.operation] !== undefined);
    if (writes.length > 0) this.#write(writes, outcomes);
    for (const request of group)
      if (!outcomes.has(request)) outcomes.set(request, this.#answer(this.#reads, request));
    const answers = new Map<MessagePort, Answer[]>();
    let appended = false;
    for (const [{ client, call }, answer] of outcomes) {
      const own = answers.get(client);
      if (own === undefined) answers.set(client, [answer]);
      else own.push(answer);
      appended ||= call.operation === "append" && "result" in answer;
    }
    return { answers, appended };
  }

  /** A refused write leaves the others of its group alone; a failing disk fails them all. */
  #write(writes: readonly Request[], outcomes: Map<Request, Answer>): void {
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      for (const request of writes) outcomes.set(request, this.#answer(this.#writes, request, true));
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      const failure = packFailure(nameFailure(error, this.#path));
      for (const request of writes) outcomes.set(request, { id: request.call.id, failure });
    }
  }

  #answer(table: Table, { call }: Request, mustHold = false): Answer {
    try {
      const handler = table[call.operation];
      if (handler === undefined) throw new Error(`no operation is named ${call.operation}`);
      return { id: call.id, result: handler(call.argument) };
    } catch (error) {
      if (mustHold && !(error instanceof StoreError)) throw error;
      return { id: call.id, failure: packFailure(nameFailure(error, this.#path)) };
    }
  }
}
