/** One thing a benchmark is to reach. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly bound: string;
  readonly met: boolean;
}

/** What a benchmark measured. */
export interface Report {
  readonly bench: string;
  readonly figures: Readonly<Record<string, number | string>>;
  readonly goals: readonly Goal[];
}

/** A goal that wants a value of at least `bound`. */
export function atLeast(name: string, value: number, bound: number): Goal {
  return { name, value: rounded(value), bound: `>= ${bound}`, met: value >= bound };
}

/** A goal that wants a value of at most `bound`. */
export function atMost(name: string, value: number, bound: number): Goal {
  return { name, value: rounded(value), bound: `<= ${bound}`, met: value <= bound };
}

/** Three significant digits more than anybody needs. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** Prints a report for people, and on the last line for programs. A missed goal is told, it is no error. */
export function print({ bench, figures, goals }: Report): void {
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(46)} ${value}`);
  for (const { name, value, bound, met } of goals)
    console.log(`${met ? "met   " : "MISSED"} ${name}: ${value} (${bound})`);
  console.log(JSON.stringify({ bench, figures, goals }));
}

/** The value below which a share of sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
