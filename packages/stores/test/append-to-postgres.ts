/** Appends batches of three as a node of another process, and ends. */
import { batchOf } from "../src/log/conformance.ts";
import { openPostgres } from "../src/postgres.ts";

const [url = "", schema = "", node = "", batches = ""] = process.argv.slice(2);
const shard = await openPostgres({ url, schema });
const log = shard.log();
for (let sequence = 1; sequence <= Number(batches); sequence += 1) {
  await log.append(batchOf(sequence, { node, count: 3 }));
}
await shard.close();
