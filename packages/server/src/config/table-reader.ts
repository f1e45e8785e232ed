/** Something wrong with a setting. */
export interface Problem {
  /** Where: `modes[0].search.max_wait`. */
  readonly path: string;
  readonly problem: string;
}

type Table = Readonly<Record<string, unknown>>;

/**
 * Reads a parsed table key by key and notes everything that is not as expected, so that all problems are
 * told at once. A key nobody asked for is a problem too: `end` finds those.
 */
export class TableReader {
  readonly #table: Table;
  readonly #path: string;
  readonly #problems: Problem[];
  readonly #asked = new Set<string>();

  constructor(table: unknown, path: string, problems: Problem[]) {
    this.#path = path;
    this.#problems = problems;
    if (isTable(table)) this.#table = table;
    else {
      this.#table = {};
      this.#note("", `must be a table, not ${describe(table)}`);
    }
  }

  keys(): string[] {
    return Object.keys(this.#table);
  }

  text(key: string, otherwise: string): string {
    return this.#read(key, otherwise, (value) => typeof value === "string", "text");
  }

  flag(key: string, otherwise: boolean): boolean {
    return this.#read(key, otherwise, (value) => typeof value === "boolean", "true or false");
  }

  number(key: string, otherwise: number): number {
    return this.#read(
      key,
      otherwise,
      (value) => typeof value === "number" && Number.isFinite(value),
      "a number",
    );
  }

  /** A number, or `"any"` for Infinity. */
  numberOrAny(key: string): number {
    const isKnown = (value: unknown) =>
      value === "any" || (typeof value === "number" && Number.isFinite(value));
    const value = this.#read<number | "any">(key, "any", isKnown, 'a number or "any"');
    return value === "any" ? Number.POSITIVE_INFINITY : value;
  }

  numbers(key: string, otherwise: number[]): number[] {
    return this.#read(key, otherwise, isListOf("number"), "a list of numbers");
  }

  texts(key: string, otherwise: string[]): string[] {
    return this.#read(key, otherwise, isListOf("string"), "a list of texts");
  }

  oneOf<const Choice extends string>(key: string, choices: readonly Choice[], otherwise: Choice): Choice {
    return this.#read(
      key,
      otherwise,
      (value) => choices.includes(value as Choice),
      `one of ${choices.join(", ")}`,
    );
  }

  /** A table inside this one; an empty one where there is none. */
  table(key: string): TableReader {
    return this.optionalTable(key) ?? new TableReader({}, this.#pathOf(key), this.#problems);
  }

  optionalTable(key: string): TableReader | undefined {
    this.#asked.add(key);
    const value = this.#table[key];
    return value === undefined ? undefined : new TableReader(value, this.#pathOf(key), this.#problems);
  }

  tables(key: string): TableReader[] {
    const values = this.#read<unknown[]>(key, [], Array.isArray, "a list of tables");
    return values.map(
      (value, index) => new TableReader(value, `${this.#pathOf(key)}[${index}]`, this.#problems),
    );
  }

  /** Notes every key that nobody asked for. */
  end(): void {
    for (const key of Object.keys(this.#table)) {
      if (!this.#asked.has(key))
        this.#note(key, `is not a setting; known here: ${[...this.#asked].join(", ")}`);
    }
  }

  #read<Value>(key: string, otherwise: Value, isKnown: (value: unknown) => boolean, expected: string): Value {
    this.#asked.add(key);
    const value = this.#table[key];
    if (value === undefined) return otherwise;
    if (isKnown(value)) return value as Value;
    this.#note(key, `must be ${expected}, not ${describe(value)}`);
    return otherwise;
  }

  #note(key: string, problem: string): void {
    this.#problems.push({ path: key === "" ? this.#path : this.#pathOf(key), problem });
  }

  #pathOf(key: string): string {
    return this.#path === "" ? key : `${this.#path}.${key}`;
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOf(type: "number" | "string"): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((item) => typeof item === type);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
