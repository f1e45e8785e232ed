import assert from "node:assert/strict";
import { test } from "node:test";
import { wireLimits } from "@matchforge/protocol";
import { firstPingInMs, Pings } from "../../src/websocket/socket/pings.ts";
import { TokenBucket } from "../../src/websocket/socket/token-bucket.ts";
import { Staleness } from "../../src/websocket/staleness.ts";
import { StallWatch } from "../../src/websocket/stall-watch.ts";

const ping = (id: string, found: `match_${string}` | null = null) => ({ id, sentAt: 0, lastEvent: 1, found });

test("[Q3] a pong answers the ping it names and those before it, and no later one", () => {
  const pings = new Pings();
  for (const id of ["p1", "p2", "p3"]) pings.add(ping(id));
  assert.deepEqual(
    pings.answer("p2").map(({ id }) => id),
    ["p1", "p2"],
  );
  assert.deepEqual(
    pings.answer("p3").map(({ id }) => id),
    ["p3"],
  );
});

test("[Q3] a pong that names no ping answers the oldest, and an unexpected one answers nothing", () => {
  const pings = new Pings();
  pings.add(ping("p1"));
  pings.add(ping("p2", "match_1"));
  assert.deepEqual(
    pings.answer("mine").map(({ id }) => id),
    ["p1"],
  );
  assert.deepEqual(
    pings.answer("mine").map(({ id }) => id),
    ["p2"],
  );
  assert.deepEqual(pings.answer("mine"), []);
});

test("[Q17] connections that came together are pinged one after the other, all within an interval", () => {
  const { pingIntervalMs, pongTimeoutMs } = wireLimits;
  const times = Array.from({ length: 10_000 }, (_, index) => firstPingInMs(123_456 + index));
  const perTenth = Array.from({ length: 10 }, () => 0);
  for (const at of times) {
    assert.ok(at >= pongTimeoutMs && at <= pingIntervalMs, `${at} ms`);
    perTenth[Math.floor(((at - 1 - pongTimeoutMs) / (pingIntervalMs - pongTimeoutMs)) * 10)] += 1;
  }
  for (const count of perTenth) assert.ok(Math.abs(count - 1_000) <= 10, perTenth.join(" "));
});

test("[Q5] a node that applies nothing refuses after three seconds and closes after five", () => {
  const staleness = new Staleness(0);
  const seen: string[] = [];
  for (let now = 250; now <= 5_500; now += 250) {
    staleness.look(now);
    seen.push(staleness.closes ? "closes" : staleness.refuses ? "refuses" : "serves");
  }
  assert.equal(seen.indexOf("refuses"), 3_000 / 250);
  assert.equal(seen.indexOf("closes"), 5_000 / 250);
  staleness.applied();
  assert.equal(staleness.refuses, false);
});

test("[Q6] time this process slept says nothing of the log", () => {
  const staleness = new Staleness(0);
  const sleptMs = staleness.look(60_000);
  assert.equal(staleness.refuses, false);
  assert.ok(sleptMs > 59_000);
});

test("[Q7] deadlines are told again when shard time stood still, once for each stall", () => {
  const stalls = new StallWatch();
  assert.equal(stalls.moved({ at: 1_000, time: 0 }), false);
  assert.equal(stalls.moved({ at: 2_000, time: 1_000 }), false);
  assert.equal(stalls.moved({ at: 9_000, time: 3_000 }), true);
  assert.equal(stalls.moved({ at: 9_500, time: 3_500 }), false);
});

test("[Q10] a bucket gives its capacity at once and its rate over time, and says how long to wait", () => {
  const { messagesPerSecond } = wireLimits;
  const bucket = new TokenBucket(messagesPerSecond, 0);
  const burst = Array.from({ length: messagesPerSecond }, () => bucket.take(0));
  assert.ok(burst.every((waitMs) => waitMs === 0));
  const waitMs = bucket.take(0);
  assert.equal(waitMs, 1_000 / messagesPerSecond);
  assert.equal(bucket.take(waitMs), 0);
  assert.ok(bucket.take(waitMs) > 0);
});
