import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { sinkConformance } from "../src/conformance.ts";
import { jsonLinesForTest, natsForTest, redisStreamForTest } from "./sinks.ts";

const harnesses = [
  { name: "json-lines", open: jsonLinesForTest },
  { name: "redis-streams", open: redisStreamForTest },
  { name: "nats", open: natsForTest },
];
for (const harness of harnesses) sinkConformance(harness);

test("[SK5] every sink runs the suite here, but Iggy, whose server no package brings", () => {
  const folders = readdirSync(new URL("../src/sink/", import.meta.url), { withFileTypes: true });
  const adapters = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual([...harnesses.map(({ name }) => name), "iggy"].sort(), adapters.sort());
});
