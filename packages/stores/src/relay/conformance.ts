import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Relay } from "./port.ts";

/** How a suite gets at an adapter. */
export interface RelayHarness {
  /** The adapter's name, as its folder is called. */
  readonly name: string;
  open(): Promise<{ readonly relay: Relay; settled(): Promise<void>; end(): Promise<void> }>;
  /** Two handles that are connected, for adapters that carry messages between handles. */
  openTwo?(): Promise<{ readonly one: Relay; readonly other: Relay; end(): Promise<void> }>;
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
  if (harness.openTwo !== undefined) betweenHandles(harness.name, harness.openTwo);
}

/** A message that took longer than this counts as lost: its subscription was not known yet. */
const lostAfterMs = 20;

/** Two handles that are connected. */
interface Handles {
  readonly one: Relay;
  readonly other: Relay;
}

function betweenHandles(name: string, openTwo: NonNullable<RelayHarness["openTwo"]>): void {
  const check = (title: string, body: (handles: Handles) => Promise<void>) =>
    test(`${title} (${name})`, async () => {
      const { one, other, end } = await openTwo();
      try {
        await body({ one, other });
      } finally {
        await end();
      }
    });

  check("[S80] what one handle publishes another hears: in order, each listener once", async (handles) => {
    const { one, other } = handles;
    const heard: string[][] = [[], []];
    for (const lines of heard) other.subscribe("t", (payload) => lines.push(payload));
    await publishUntil(() => heard.every((lines) => lines.length > 0), { relay: one, topic: "t" });
    const sent = Array.from({ length: 500 }, (_, index) => `${index} \u{1f3ae} "quoted"\n`);
    for (const payload of sent) {
      one.publish("t", payload);
      one.publish("other", payload);
    }
    await until(() => heard.every((lines) => lines.at(-1) === sent.at(-1)));
    for (const lines of heard) assert.deepEqual(lines.filter(isNoProbe), sent);
  });

  check("[S80] both handles hear both, and nothing comes back to its sender", async ({ one, other }) => {
    const [heard, heardByOther]: [string[], string[]] = [[], []];
    one.subscribe("t", (payload) => heard.push(payload));
    other.subscribe("t", (payload) => heardByOther.push(payload));
    await publishUntil(() => heardByOther.includes("probe of one"), { relay: one, topic: "t", of: "one" });
    await publishUntil(() => heard.includes("probe of other"), { relay: other, topic: "t", of: "other" });
    one.publish("t", "a");
    await until(() => heardByOther.at(-1) === "a");
    // What would come back of "a" is on its way before "b" is sent.
    other.publish("t", "b");
    await until(() => heard.at(-1) === "b");
    for (const lines of [heard, heardByOther]) assert.deepEqual(lines.filter(isNoProbe), ["a", "b"]);
  });

  check(
    "[S81] another handle hears nothing once its subscription ended, and again after a new one",
    async (handles) => {
      const { one, other } = handles;
      const [heard, kept]: [string[], string[]] = [[], []];
      const end = other.subscribe("t", (payload) => heard.push(payload));
      other.subscribe("kept", (payload) => kept.push(payload));
      await publishUntil(() => heard.length > 0, { relay: one, topic: "t" });
      await publishUntil(() => kept.length > 0, { relay: one, topic: "kept" });
      end();
      const before = heard.length;
      one.publish("t", "unheard");
      one.publish("kept", "last");
      await until(() => kept.at(-1) === "last");
      assert.equal(heard.length, before);
      other.subscribe("t", (payload) => heard.push(payload));
      await publishUntil(() => heard.length > before, { relay: one, topic: "t" });
      assert.ok(!heard.includes("unheard"));
    },
  );
}

/** Publishes probes until something holds: a subscription takes a moment to be known elsewhere. */
async function publishUntil(
  holds: () => boolean,
  { relay, topic, of = "one" }: { readonly relay: Relay; readonly topic: string; readonly of?: string },
): Promise<void> {
  while (!holds()) {
    relay.publish(topic, `probe of ${of}`);
    await pause(lostAfterMs);
  }
}

function isNoProbe(line: string): boolean {
  return !line.startsWith("probe");
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(1);
}
