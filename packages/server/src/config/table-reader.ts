import { describeFound, knownInstead, type Problem, renameOrDrop } from "./problem.ts";

/** Thirty days: a longer time is a mistake. */
const secondsMax = 2_592_000;

type Table = Readonly<Record<string, unknown>>;

/**
 * Reads a parsed table key by key and notes everything that is not as expected, so that all problems are
 * told at once. A key nobody asked for is a problem too: `end` finds those.
 */
export class TableReader {
  readonly path: string;
  readonly #table: Table;
  readonly #problems: Problem[];
  readonly #asked = new Set<string>();

  /** `path` is how problems call the table: `modes.code_duel`; empty at the root. */
  constructor(table: unknown, path: string, problems: Problem[]) {
    this.path = path;
    this.#problems = problems;
    this.#table = isTable(table) ? table : {};
    if (!isTable(table)) this.note("", "a table", table);
  }

  keys(): string[] {
    return Object.keys(this.#table);
  }

  has(key: string): boolean {
    return this.#table[key] !== undefined;
  }

  /** The value under a key, whatever it is. */
  value(key: string): unknown {
    this.#asked.add(key);
    return this.#table[key];
  }

  requiredText(key: string): string {
    const given = this.value(key);
    if (typeof given === "string" && given !== "") return given;
    this.note(key, "a text", given);
    return "";
  }

  flag(key: string, otherwise: boolean): boolean {
    return this.#read(key, otherwise, (given) => typeof given === "boolean", "true or false");
  }

  number(key: string, otherwise: number): number {
    return this.#read(key, otherwise, isNumber, "a number");
  }

  /** A time in seconds, as ms. */
  seconds(key: string, otherwise: number): number {
    return msOf(this.#read(key, otherwise, isSeconds, `seconds from 0 to ${secondsMax}`));
  }

  /** A number, or `"any"` for Infinity; it must be given. */
  numberOrAny(key: string): number {
    const given = this.value(key);
    if (isNumber(given)) return given;
    if (given !== "any") this.note(key, 'a number or "any"', given);
    return Number.POSITIVE_INFINITY;
  }

  /** A list of texts. */
  texts(key: string, otherwise: readonly string[]): readonly string[] {
    const areTexts = (given: unknown) =>
      Array.isArray(given) && given.every((item) => typeof item === "string");
    return this.#read(key, otherwise, areTexts, "a list of texts");
  }

  /** A shorter and a longer time in seconds, as ms. */
  secondsRange(key: string, otherwise: readonly [number, number]): readonly [number, number] {
    const isRange = (given: unknown) =>
      Array.isArray(given) && given.length === 2 && given.every(isSeconds) && given[0] <= given[1];
    const expected = `two times from 0 to ${secondsMax} seconds, the shorter first`;
    const [shorter, longer] = this.#read(key, otherwise, isRange, expected);
    return [msOf(shorter), msOf(longer)];
  }

  oneOf<const Choice extends string>(key: string, choices: readonly Choice[], otherwise: Choice): Choice {
    return this.#read(
      key,
      otherwise,
      (given) => choices.includes(given as Choice),
      `one of ${choices.join(", ")}`,
    );
  }

  someOf<const Choice extends string>(key: string, choices: readonly Choice[]): readonly Choice[] {
    const areKnown = (given: unknown) =>
      Array.isArray(given) && given.every((item) => choices.includes(item));
    return this.#read<readonly Choice[]>(key, [], areKnown, `a list of ${choices.join(", ")}`);
  }

  /** A table inside this one; an empty one where there is none. */
  table(key: string): TableReader {
    return this.optionalTable(key) ?? this.inside(key, {});
  }

  optionalTable(key: string): TableReader | undefined {
    const given = this.value(key);
    return given === undefined ? undefined : this.inside(key, given);
  }

  /** The tables of a list; `nameOf` says how problems call each. */
  tables(key: string, nameOf = (_table: unknown, index: number) => `${key}[${index}]`): TableReader[] {
    const given = this.#read<readonly unknown[]>(key, [], Array.isArray, "a list of tables");
    return given.map((table, index) => this.inside(nameOf(table, index), table));
  }

  inside(key: string, table: unknown): TableReader {
    return new TableReader(table, this.#pathOf(key), this.#problems);
  }

  /** Notes every key that nobody asked for. */
  end(): void {
    for (const key of Object.keys(this.#table)) {
      if (this.#asked.has(key)) continue;
      const known = [...this.#asked];
      const found = describeFound(this.#table[key]);
      const [expected, fix] = [knownInstead(key, known), renameOrDrop(key, known)];
      this.#problems.push({ where: this.#pathOf(key), expected, found, fix });
    }
  }

  note(key: string, expected: string, found: unknown): void {
    this.#problems.push({ where: this.#pathOf(key), expected, found: describeFound(found) });
  }

  #read<Value>(key: string, otherwise: Value, isKnown: (given: unknown) => boolean, expected: string): Value {
    const given = this.value(key);
    if (given === undefined) return otherwise;
    if (isKnown(given)) return given as Value;
    this.note(key, expected, given);
    return otherwise;
  }

  #pathOf(key: string): string {
    if (key === "") return this.path;
    return this.path === "" ? key : `${this.path}.${key}`;
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function isSeconds(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= secondsMax;
}

function msOf(seconds: number): number {
  return Math.round(seconds * 1_000);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
