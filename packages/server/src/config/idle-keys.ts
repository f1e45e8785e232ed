import type { ModeRules, Rules } from "@matchforge/core";
import { parse } from "smol-toml";
import type { FileFinding } from "./findings-in-file.ts";

type Table = Readonly<Record<string, unknown>>;

/** A key that somebody wrote and that says what holds without it. Read rules no longer tell: they have its default. */
interface IdleKey {
  /** The path inside the mode. */
  readonly key: string;
  readonly isIdle: (mode: ModeRules) => boolean;
  readonly message: string;
  readonly fix: string;
}

const idle: readonly IdleKey[] = [
  {
    key: "search.anti_snipe",
    isIdle: ({ antiSnipeMs: [, longest] }) => longest === 0,
    message: "the anti-snipe delay is 0: tickets may be matched at once",
    fix: "drop it, or give it a delay above 0",
  },
  {
    key: "search.gap_per_second",
    isIdle: ({ search }) => search.hold === undefined,
    message: "a price of waiting is given, and nothing is held back for it",
    fix: "drop it, or add hold",
  },
  {
    key: "burn",
    isIdle: ({ stakes }) => stakes.length === 0,
    message: "a part of the pot is burned, and there are no stakes",
    fix: "drop it, or add stakes",
  },
];

/** The keys of the offered modes in a file that have no effect, whatever their value. */
export function idleKeys(text: string, { modes }: Rules): Omit<FileFinding, "line">[] {
  const tables = (parse(text) as { readonly modes?: readonly Table[] }).modes ?? [];
  return modes.flatMap((mode, place) => {
    if (!mode.enabled || !mode.available) return [];
    const written = idle.filter(({ key, isIdle }) => isIdle(mode) && isGiven(tables[place], key));
    return written.map(({ key, message, fix }) => ({
      code: "KEY_WITHOUT_EFFECT" as const,
      kind: "dead_rule" as const,
      severity: "warning" as const,
      key: `modes.${mode.id}.${key}`,
      message,
      fix,
    }));
  });
}

function isGiven(table: unknown, key: string): boolean {
  let value = table;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null) return false;
    value = (value as Table)[part];
  }
  return value !== undefined;
}
