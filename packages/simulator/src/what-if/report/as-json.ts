import type { WhatIfReport } from "../what-if.ts";

/** A report as one line of JSON, its names in snake_case. */
export function reportAsJson(report: WhatIfReport): string {
  return JSON.stringify(snakeCased(report));
}

function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCased(item),
    ]),
  );
}
