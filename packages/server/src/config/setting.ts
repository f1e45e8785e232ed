import { isIP } from "node:net";

/** One thing that can be set: in the file by its key, in the environment and as a flag by their names. */
export interface Setting<Value> {
  /** The variable of the environment. */
  readonly environment: string;
  /** As the command line describes it, `--port <number>`; null: no flag. */
  readonly flag: string | null;
  readonly description: string;
  readonly otherwise: Value;
  readonly expected: string;
  /** The value in what a file gives; undefined when it is not as expected. */
  readonly read: (given: unknown) => Value | undefined;
  /** What an environment or a flag gives, as a file would give it. */
  readonly fromText: (text: string) => unknown;
  /** Whether it may hold a password, so that nobody is shown what was found. */
  readonly isSecret?: boolean;
}

type Described<Value> = Pick<
  Setting<Value>,
  "environment" | "flag" | "description" | "otherwise" | "isSecret"
>;

/** A text that is not empty. */
export function text(described: Described<string>): Setting<string> {
  const read = (given: unknown) => (typeof given === "string" && given !== "" ? given : undefined);
  return { ...described, expected: "a text", read, fromText: (given) => given };
}

/** A text, or null where it is not given. */
export function optionalText(described: Described<string | null>): Setting<string | null> {
  const read = (given: unknown) => (typeof given === "string" && given !== "" ? given : undefined);
  return { ...described, expected: "a text", read, fromText: (given) => given };
}

/** A whole number within bounds. */
export function wholeNumber(described: Described<number> & { min: number; max: number }): Setting<number> {
  const { min, max, ...rest } = described;
  const holds = (given: unknown): given is number =>
    Number.isInteger(given) && Number(given) >= min && Number(given) <= max;
  return {
    ...rest,
    expected: `a whole number from ${min} to ${max}`,
    read: (given) => (holds(given) ? given : undefined),
    fromText: (given) => (/^[0-9]{1,15}$/.test(given) ? Number(given) : given),
  };
}

/** True or false. */
export function truth(described: Described<boolean>): Setting<boolean> {
  const words: Readonly<Record<string, boolean | undefined>> = { true: true, false: false };
  return {
    ...described,
    expected: "true or false",
    read: (given) => (typeof given === "boolean" ? given : undefined),
    fromText: (given) => words[given] ?? given,
  };
}

/** One of a closed list. */
export function choice<const Choice extends string>(
  described: Described<Choice> & { choices: readonly Choice[] },
): Setting<Choice> {
  const { choices, ...rest } = described;
  return {
    ...rest,
    expected: `one of ${choices.join(", ")}`,
    read: (given) => choices.find((known) => known === given),
    fromText: (given) => given,
  };
}

/** A text of a certain form, or null where it is not given. */
export function formedText<const Otherwise extends string | null>(
  described: Described<Otherwise> & { expected: string; form: Pick<RegExp, "test"> },
): Setting<string | Otherwise> {
  const { form, ...rest } = described;
  const read = (given: unknown) => (typeof given === "string" && form.test(given) ? given : undefined);
  return { ...rest, read, fromText: (given) => given };
}

/** Some of a closed list of names. */
export function names<const Name extends string>(
  described: Described<readonly Name[]> & { choices: readonly Name[] },
): Setting<readonly Name[]> {
  const { choices, ...rest } = described;
  const isName = (item: unknown): item is Name => choices.some((known) => known === item);
  return {
    ...rest,
    expected: `a list of ${choices.map((name) => `"${name}"`).join(", ")}`,
    read: (given) => (Array.isArray(given) && given.every(isName) ? given : undefined),
    fromText: (given) => given.split(",").map((item) => item.trim()),
  };
}

/** Some of a closed list of names, at least one, in an order that matters; each once. */
export function choiceList<const Name extends string>(
  described: Described<readonly Name[]> & { choices: readonly Name[] },
): Setting<readonly Name[]> {
  const { expected, read, ...rest } = names(described);
  return {
    ...rest,
    expected: `${expected}, each at most once, and at least one`,
    read(given) {
      const list = read(given);
      return list !== undefined && list.length > 0 && new Set(list).size === list.length ? list : undefined;
    },
  };
}

/** Web origins, each exactly as browsers send it. */
export function origins(described: Described<readonly string[]>): Setting<readonly string[]> {
  const expected = 'a list of origins such as "https://play.example", without path and without *';
  return list(described, { expected, isItem: isOrigin });
}

/** Addresses and ranges of addresses. */
export function addresses(described: Described<readonly string[]>): Setting<readonly string[]> {
  const expected = 'a list of addresses or ranges such as "10.0.0.1" or "10.0.0.0/8"';
  return list(described, { expected, isItem: isAddressRange });
}

function list(
  described: Described<readonly string[]>,
  { expected, isItem }: { expected: string; isItem: (item: string) => boolean },
): Setting<readonly string[]> {
  const holds = (given: unknown): given is string[] =>
    Array.isArray(given) && given.every((item) => typeof item === "string" && isItem(item));
  const fromText = (given: string) => given.split(",").map((item) => item.trim());
  return { ...described, expected, read: (given) => (holds(given) ? given : undefined), fromText };
}

function isOrigin(item: string): boolean {
  return /^https?:\/\//.test(item) && URL.parse(item)?.origin === item;
}

function isAddressRange(item: string): boolean {
  const [address = "", bits, ...rest] = item.split("/");
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    rest.length === 0 &&
    longest > 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
}
