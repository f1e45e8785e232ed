import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { JsonLinesSink } from "../src/index.ts";
import { recordsFrom } from "../src/sink/conformance.ts";
import { jsonLinesForTest, linesIn } from "./sinks.ts";

const fileBytesMax = 1_073_741_824;

test("[SK6] a last line that is torn anywhere is dropped, and written again whole", async () => {
  const file = await jsonLinesForTest();
  const sink = await file.connect();
  await sink.cursor();
  const records = recordsFrom(1, 3);
  await sink.write(records);
  const whole = readFileSync(file.path);
  const before = whole.lastIndexOf("\n", whole.length - 2) + 1;
  for (let size = before; size < whole.length; size += 1) {
    truncateSync(file.path, size);
    const next = await file.connect();
    assert.deepEqual(await next.cursor(), { position: 2, index: 2 }, `${size}`);
    assert.equal(readFileSync(file.path).length, before);
    await next.write(records.slice(2));
    assert.deepEqual(linesIn(file.path), records);
  }
  await file.end();
});

test("[SK6] lines that are longer than what is read at once are found", async () => {
  const file = await jsonLinesForTest();
  const sink = await file.connect();
  await sink.cursor();
  const [first, second] = recordsFrom(1, 2);
  await sink.write([first, { ...second, data: { text: "x".repeat(200_000) } }]);
  assert.deepEqual(await sink.cursor(), { position: 2, index: 2 });
  appendFileSync(file.path, `{"cursor":"3:0","data":"${"y".repeat(200_000)}`);
  assert.deepEqual(await sink.cursor(), { position: 2, index: 2 });
  await file.end();
});

test("[SK6] a file of something else is refused and stays as it is", async () => {
  const file = await jsonLinesForTest();
  for (const text of ["what is this?\n", '{"cursor":"soon"}\n', '{"at":1}\n']) {
    writeFileSync(file.path, text);
    const sink = await file.connect();
    await assert.rejects(sink.cursor(), {
      code: "CORRUPT",
      message: /holds last is no record. Take it away/,
    });
    assert.equal(readFileSync(file.path, "utf8"), text);
  }
  await file.end();
});

test("[SK7] a full file is put aside under the place of its last record, and the cursor goes on behind it", async () => {
  const file = await jsonLinesForTest(1_000);
  const sink = await file.connect();
  assert.equal(await sink.cursor(), undefined);
  const records = recordsFrom(1, 30);
  for (let next = 0; next < 30; next += 5) {
    await sink.write(records.slice(next, next + 5));
    // As a process does that begins anew.
    const last = records[next + 4];
    const { position, index } = (await (await file.connect()).cursor()) ?? {};
    assert.equal(`${position}:${index}`, last.cursor);
  }
  const asideOnes = readdirSync(file.folder).filter((name) => name !== "events.jsonl");
  assert.ok(asideOnes.includes("events.10-1.jsonl"), `${asideOnes}`);
  const parts = asideOnes.map((name) => linesIn(join(file.folder, name)));
  const all = [...parts.flat(), ...(await file.read())];
  assert.deepEqual(
    all.sort((one, other) => one.at - other.at),
    records,
  );
  await file.end();
});

test("[SK8] a folder that is not there is unavailable, and a file that was taken away is noticed", async () => {
  const file = await jsonLinesForTest();
  const nowhere = new JsonLinesSink({ path: join(file.folder, "no", "where.jsonl"), fileBytesMax });
  await assert.rejects(nowhere.cursor(), { code: "STORE_UNAVAILABLE", message: /ENOENT/ });
  const sink = await file.connect();
  await sink.cursor();
  await sink.write(recordsFrom(1, 2));
  rmSync(file.path);
  await assert.rejects(sink.write(recordsFrom(3, 4)), { code: "STORE_UNAVAILABLE" });
  assert.equal(await sink.cursor(), undefined);
  await sink.write(recordsFrom(1, 4));
  assert.deepEqual(await file.read(), recordsFrom(1, 4));
  await file.end();
});
