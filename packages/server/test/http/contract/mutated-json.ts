import fc from "fast-check";

/** JSON text: some of it stands in no value that JavaScript could hold. */
const oddValues = [
  "null",
  "true",
  "0",
  "-1",
  "1.5",
  "1e308",
  "1e999",
  "-0",
  "9007199254740993",
  '""',
  '"NaN"',
  '"\\ud800"',
  '"\\u0000"',
  `"${"x".repeat(5_000)}"`,
  "[]",
  "{}",
  "[[[[[[[[[[[[1]]]]]]]]]]]]",
  `[${"0,".repeat(500)}0]`,
  '{"__proto__":1}',
];

/** An example with one place in it that holds something else, is gone, or has company. */
export function mutatedJson(example: unknown): fc.Arbitrary<string> {
  const places = placesIn(example);
  return fc
    .record({
      place: fc.constantFrom(...places),
      value: fc.oneof(fc.constantFrom(...oddValues), fc.json({ maxDepth: 3 })),
      change: fc.constantFrom("replace", "remove", "add" as const),
    })
    .map(({ place, value, change }) => {
      const marker = `marker-${places.length}`;
      const copy = structuredClone({ root: example }) as Record<string, unknown>;
      let holder = copy;
      for (const key of ["root", ...place].slice(0, -1)) holder = holder[key] as Record<string, unknown>;
      const last = ["root", ...place].at(-1) ?? "root";
      const target = holder[last];
      if (change === "remove" && last !== "root") delete holder[last];
      else if (change === "add" && typeof target === "object" && target !== null)
        (target as Record<string, unknown>).unexpected = marker;
      else holder[last] = marker;
      return JSON.stringify(copy.root).replace(JSON.stringify(marker), value);
    });
}

function placesIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, held]) =>
    placesIn(held).map((place) => [key, ...place]),
  );
  return [[], ...inner];
}
