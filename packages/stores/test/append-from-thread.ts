/** Appends and commits through a line to the thread that owns the file, and says how far it came. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { sqliteClientFrom } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";

const { log, archive } = sqliteClientFrom(workerData as MessagePort);
for (let sequence = 1; sequence <= 5; sequence += 1) await log.append(batchOf(sequence, { node: "thread" }));
await archive.commit({ cursor: 5, events: [], rows: [] });
parentPort?.postMessage((await log.head()).position);
