import assert from "node:assert/strict";
import { test } from "node:test";
import type { Relay } from "./port.ts";

/** How a suite gets at an adapter. */
export interface RelayHarness {
  /** The adapter's name, as its folder is called. */
  readonly name: string;
  open(): Promise<{ readonly relay: Relay; settled(): Promise<void>; end(): Promise<void> }>;
}

/** Runs the promises of the `Relay` port against an adapter. */
export function relayConformance(harness: RelayHarness): void {
  const check = (title: string, body: (relay: Relay, settled: () => Promise<void>) => Promise<void>) =>
    test(`${title} (${harness.name})`, async () => {
      const store = await harness.open();
      try {
        await body(store.relay, () => store.settled());
      } finally {
        await store.end();
      }
    });

  check("[S30] what is published reaches every listener of its topic, in order", async (relay, settled) => {
    const heard: string[] = [];
    relay.subscribe("match:1", (payload) => heard.push(`one ${payload}`));
    relay.subscribe("match:1", (payload) => heard.push(`two ${payload}`));
    relay.subscribe("match:2", (payload) => heard.push(`other ${payload}`));
    relay.publish("match:1", "a");
    relay.publish("match:1", "b");
    await settled();
    assert.deepEqual(
      heard.filter((line) => line.startsWith("one")),
      ["one a", "one b"],
    );
    assert.deepEqual(
      heard.filter((line) => line.startsWith("two")),
      ["two a", "two b"],
    );
    assert.equal(heard.length, 4);
  });

  check("[S31] a subscription ends at once, also while a message is delivered", async (relay, settled) => {
    const heard: string[] = [];
    const ends: (() => void)[] = [];
    relay.subscribe("t", () => ends[0]?.());
    ends.push(relay.subscribe("t", (payload) => heard.push(payload)));
    relay.publish("t", "a");
    relay.publish("t", "b");
    await settled();
    assert.deepEqual(heard, []);
  });

  check("[S32] a listener that throws stops nobody else", async (relay, settled) => {
    const heard: string[] = [];
    relay.subscribe("t", () => {
      throw new Error("listener");
    });
    relay.subscribe("t", (payload) => heard.push(payload));
    relay.publish("t", "a");
    await settled();
    assert.deepEqual(heard, ["a"]);
  });

  check("[S33] nothing is delivered after the end", async (relay, settled) => {
    const heard: string[] = [];
    relay.subscribe("t", (payload) => heard.push(payload));
    await relay.close();
    relay.publish("t", "a");
    await settled();
    assert.deepEqual(heard, []);
    assert.throws(() => relay.subscribe("t", () => {}), { code: "STORE_CLOSED" });
  });
}
