import assert from "node:assert/strict";
import fc from "fast-check";
import { type Log, MemoryLogStore } from "../src/index.ts";
import { batchOf } from "../src/log/conformance.ts";

/** How often a log is made and asked. */
const runs = 25;

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("append" as const),
        node: fc.constantFrom("a", "b", "c"),
        ahead: fc.constantFrom(1, 1, 1, 0, -1, 2),
        count: fc.integer({ min: 1, max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("read" as const),
        from: fc.integer({ min: 1, max: 30 }),
        limit: fc.integer({ min: 1, max: 5 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("snapshot" as const), back: fc.nat(3) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("trim" as const), before: fc.integer({ min: 1, max: 30 }) }),
    },
  ),
  { maxLength: 25 },
);

type Step = (typeof steps extends fc.Arbitrary<infer Steps extends unknown[]> ? Steps : never)[number];

/** Asks fresh logs and ones in memory the same; their answers must be the same but for the stamps. */
export async function behavesAsMemory(
  open: () => Promise<{ readonly log: Log; end(): Promise<void> }>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (asked) => {
      const { log, end } = await open();
      const memory = new MemoryLogStore({ now: () => 0 }).connect();
      const sequences = new Map<string, number>();
      try {
        for (const step of asked) {
          const answers = [memory, log].map((one) => answerOf(perform(one, step, sequences)));
          const [expected, actual] = await Promise.all(answers);
          assert.deepEqual(actual, expected, JSON.stringify(step));
          if (step.do === "append" && step.ahead === 1) {
            sequences.set(step.node, (sequences.get(step.node) ?? 0) + 1);
          }
        }
      } finally {
        await end();
      }
    }),
    { numRuns: runs },
  );
}

async function perform(log: Log, step: Step, sequences: ReadonlyMap<string, number>): Promise<unknown> {
  if (step.do === "append") {
    const sequence = Math.max(1, (sequences.get(step.node) ?? 0) + step.ahead);
    return log.append(batchOf(sequence, { node: step.node, count: step.count }));
  }
  if (step.do === "read") return log.read({ from: step.from, limit: step.limit });
  if (step.do === "trim") return log.trim({ before: step.before });
  const position = Math.max(1, (await log.head()).position - step.back);
  return log.writeSnapshot({ position, hash: "h", level: 1 }, [`${position}`]);
}

async function answerOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return withoutStamps(await work);
  } catch (error) {
    return { code: (error as { code?: string }).code };
  }
}

/** Clocks differ. */
function withoutStamps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutStamps);
  if (typeof value !== "object" || value === null) return value;
  const { at: _, ...rest } = value as Record<string, unknown>;
  return rest;
}
