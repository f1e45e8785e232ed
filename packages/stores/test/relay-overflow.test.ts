import assert from "node:assert/strict";
import { test } from "node:test";
import { InProcessRelay, storeLimits } from "../src/index.ts";

test("[S34] listeners that answer each other without end are stopped, and that is reported", () => {
  const errors: { code?: string }[] = [];
  const relay = new InProcessRelay({ onError: (error) => errors.push(error as { code?: string }) });
  let heard = 0;
  relay.subscribe("t", () => {
    heard += 1;
    relay.publish("t", "again");
    relay.publish("t", "and again");
  });
  relay.publish("t", "start");
  assert.equal(heard, storeLimits.relayNested + 1);
  assert.deepEqual(
    errors.map(({ code }) => code),
    ["RELAY_OVERFLOW"],
  );
});
