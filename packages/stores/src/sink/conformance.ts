import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorOf } from "./cursor.ts";
import type { Sink, StreamRecord } from "./port.ts";

/** An empty sink for one test. */
export interface OpenSink {
  /** A new handle on it, as another process would have. */
  connect(): Promise<Sink>;
  /** All its records, read as an outside reader does. */
  read(): Promise<StreamRecord[]>;
  end(): Promise<void>;
}

/** How a suite gets at an adapter. */
export interface SinkHarness {
  /** The adapter's name, as its folder is called. */
  readonly name: string;
  open(): Promise<OpenSink>;
}

/** Records whose positions go from `first` to `last`. */
export function recordsFrom(first: number, last: number): StreamRecord[] {
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const position = first + step;
    return {
      cursor: cursorOf({ position, index: position % 3 }),
      type: position % 2 === 0 ? "MatchReady" : "GameStarted",
      match_id: `match_${position % 5}`,
      at: 1_700_000_000_000 + position,
      data: { state: "ACTIVE", players: ["player_ä", 'player_"b'], stake_tier: null },
    };
  });
}

/** Runs the promises of the `Sink` port against an adapter. */
export function sinkConformance(harness: SinkHarness): void {
  const check: Check = (title, body) =>
    test(`${title} (${harness.name})`, async () => {
      const sink = await harness.open();
      try {
        await body(sink);
      } finally {
        await sink.end();
      }
    });
  contentRules(check);
  handleRules(check);
}

type Check = (title: string, body: (sink: OpenSink) => Promise<void>) => void;

function codeIs(code: string) {
  return (error: Error & { code?: string }) => error.code === code;
}

function contentRules(check: Check): void {
  check("[SK1] what was written is read whole, in order and once", async ({ connect, read }) => {
    const sink = await connect();
    assert.equal(await sink.cursor(), undefined);
    const records = recordsFrom(1, 700);
    await sink.write(records.slice(0, 1));
    await sink.write([]);
    await sink.write(records.slice(1, 600));
    await sink.write(records.slice(600));
    assert.deepEqual(await read(), records);
  });

  check("[SK1] a record without a match is one without it for readers too", async ({ connect, read }) => {
    const sink = await connect();
    await sink.cursor();
    const record: StreamRecord = {
      cursor: "4:0",
      type: "Announcement",
      at: 7,
      data: { text: "x".repeat(50_000) },
    };
    await sink.write([record]);
    assert.deepEqual(await read(), [record]);
  });

  check("[SK2] the cursor is the last record's, for every handle", async ({ connect }) => {
    const first = await connect();
    await first.cursor();
    await first.write(recordsFrom(1, 10));
    assert.deepEqual(await first.cursor(), { position: 10, index: 1 });
    await first.close();
    assert.deepEqual(await (await connect()).cursor(), { position: 10, index: 1 });
  });
}

function handleRules(check: Check): void {
  check(
    "[SK3] a sink that somebody else has written to is written by nobody who has not looked",
    async (sink) => {
      const [old, next] = [await sink.connect(), await sink.connect()];
      for (const one of [old, next]) await one.cursor();
      const records = recordsFrom(1, 9);
      await next.write(records.slice(0, 3));
      await assert.rejects(old.write(records.slice(0, 6)), codeIs("SINK_MOVED"));
      await assert.rejects(old.write(records.slice(3, 6)), codeIs("SINK_MOVED"));
      assert.deepEqual(await old.cursor(), { position: 3, index: 0 });
      await old.write(records.slice(3, 6));
      await assert.rejects(next.write(records.slice(3)), codeIs("SINK_MOVED"));
      await next.cursor();
      await next.write(records.slice(6));
      assert.deepEqual(await sink.read(), records);
    },
  );

  check("[SK3] a handle writes nothing before it has asked for the cursor", async ({ connect, read }) => {
    const sink = await connect();
    await assert.rejects(sink.write(recordsFrom(1, 1)), codeIs("SINK_MOVED"));
    assert.deepEqual(await read(), []);
  });

  check("[SK4] a closed handle refuses everything", async ({ connect }) => {
    const [sink, fresh] = [await connect(), await connect()];
    await sink.cursor();
    await Promise.all([sink.close(), fresh.close()]);
    await assert.rejects(sink.write(recordsFrom(1, 1)), codeIs("STORE_CLOSED"));
    for (const closed of [sink, fresh]) await assert.rejects(closed.cursor(), codeIs("STORE_CLOSED"));
  });
}
