/** Appends batches of three until it is killed, and prints the number of each that is acknowledged. */
import { openSqliteFile } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";

const [path = ""] = process.argv.slice(2);
const log = (await openSqliteFile({ path })).log();
for (let sequence = 1; ; sequence += 1) {
  await log.append(batchOf(sequence, { count: 3 }));
  process.stdout.write(`${sequence}\n`);
}
