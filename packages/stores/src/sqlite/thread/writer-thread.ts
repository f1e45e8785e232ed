import { type MessagePort, workerData } from "node:worker_threads";
import { storeLimits } from "../../limits.ts";
import { packFailure } from "../channel/failure.ts";
import type { Opened, ToClient, ToThread } from "../channel/messages.ts";
import { nameFailure } from "../name-failure.ts";
import { GroupCommit, type Request } from "./group-commit.ts";
import { openDatabase } from "./open-database.ts";

/**
 * The thread that owns a file. Requests that arrive while a group is on its way to the disk form the next
 * group: the busier it is, the fewer waits for the disk each request costs.
 */
const { path, port: owner } = workerData as { readonly path: string; readonly port: MessagePort };
const clients = new Set<MessagePort>();
const watching = new Set<MessagePort>();
let waiting: Request[] = [];
let planned = false;
let closing = false;

open();

function open(): void {
  try {
    const database = openDatabase(path);
    const commit = new GroupCommit(database, path);
    post(owner, { opened: true });
    serve(owner, () => runGroup(commit, () => database.close()));
  } catch (error) {
    post(owner, { opened: false, failure: packFailure(nameFailure(error, path)) });
    owner.close();
  }
}

function serve(client: MessagePort, run: () => void): void {
  clients.add(client);
  client.on("message", (message: ToThread) => {
    if (message.kind === "call") waiting.push({ client, call: message });
    else if (message.kind === "watch") watching.add(client);
    else if (message.kind === "connect") serve(message.port, run);
    else closing = true;
    if (planned) return;
    planned = true;
    setImmediate(run);
  });
  client.on("close", () => {
    clients.delete(client);
    watching.delete(client);
  });
}

function runGroup(commit: GroupCommit, close: () => void): void {
  while (waiting.length > 0) {
    const group = waiting.slice(0, storeLimits.requestsPerGroup);
    waiting = waiting.slice(storeLimits.requestsPerGroup);
    const { answers, appended } = commit.run(group);
    for (const client of clients) {
      const own = answers.get(client) ?? [];
      const wake = appended && watching.has(client);
      if (own.length > 0 || wake) post(client, { answers: own, appended: wake });
    }
  }
  planned = false;
  if (!closing) return;
  close();
  for (const client of clients) client.close();
}

function post(client: MessagePort, message: ToClient | Opened): void {
  client.postMessage(message);
}
