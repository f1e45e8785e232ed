import assert from "node:assert/strict";

/** One family of a Prometheus text: what it is, and its samples by name and labels. */
export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: Map<string, number>;
}

const helpLine = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/;
const typeLine = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/;
const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\n"])*"';
const sampleLine = new RegExp(
  `^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{${label}(?:,${label})*,?\\})? ([Nn]a[Nn]|[+-]?Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`,
);

/** Reads a text in Prometheus' format 0.0.4, and fails at whatever a scraper would refuse. */
export function parseExposition(text: string): Map<string, Family> {
  assert.ok(text.endsWith("\n"), "the last line ends too");
  const families = new Map<string, Family>();
  let help: [name: string, text: string] | undefined;
  let current: [name: string, family: Family] | undefined;
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, helped, sentence = ""] = helpLine.exec(line) ?? [];
    const [, typed, type = ""] = typeLine.exec(line) ?? [];
    if (helped !== undefined) {
      help = [helped, sentence];
    } else if (typed !== undefined) {
      assert.equal(help?.[0], typed, `${typed} is explained`);
      assert.ok(!families.has(typed), `${typed} comes once`);
      current = [typed, { type, help: help?.[1] ?? "", samples: new Map() }];
      families.set(...current);
    } else {
      const [, name = "", labels = "", value = ""] = sampleLine.exec(line) ?? [];
      assert.ok(name !== "", `a sample: ${line}`);
      assert.ok(current !== undefined && belongs(name, current), `${name} stands with its family`);
      const key = `${name}${labels}`;
      assert.ok(!current[1].samples.has(key), `${key} comes once`);
      current[1].samples.set(key, Number(value.replace("Inf", "Infinity")));
    }
  }
  for (const [name, family] of families) if (family.type === "histogram") checkBuckets(name, family);
  return families;
}

function belongs(sample: string, [family, { type }]: [string, Family]): boolean {
  const ends = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
  return ends.some((end) => sample === `${family}${end}`);
}

/** Buckets count everything up to their bound, so they never fall, and the last one has all. */
function checkBuckets(name: string, { samples }: Family): void {
  const series = new Map<string, number[]>();
  for (const [key, value] of samples) {
    if (!key.startsWith(`${name}_bucket`)) continue;
    const labels = key.replace(/le="[^"]*",?/, "");
    series.set(labels, [...(series.get(labels) ?? []), value]);
  }
  for (const [labels, counts] of series) {
    assert.deepEqual(
      counts,
      counts.toSorted((left, right) => left - right),
      labels,
    );
    const total = labels.replace("_bucket", "_count").replace("{}", "").replace(",}", "}");
    assert.equal(counts.at(-1), samples.get(total), total);
  }
}
