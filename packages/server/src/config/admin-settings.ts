import type { UnsafeName } from "./fleet-settings.ts";
import { isLoopback } from "./loopback.ts";
import type { Problem } from "./problem.ts";
import { type Setting, text, wholeNumber } from "./setting.ts";

/** The name by which an operator accepts that tokens of role admin travel in plain text. */
const adminPlainText: UnsafeName = "admin_plain_text";

const port = wholeNumber({
  environment: "MATCHFORGE_ADMIN_PORT",
  flag: "--admin-port <number>",
  description: "where operators are listened to; 0 for any free port; without it nowhere",
  otherwise: 0,
  min: 0,
  max: 65_535,
});

/** The operators' own listener. */
export const adminSettings = {
  admin_port: { ...port, otherwise: null } as Setting<number | null>,
  admin_host: text({
    environment: "MATCHFORGE_ADMIN_HOST",
    flag: null,
    description: "the address on which operators are listened to",
    otherwise: "127.0.0.1",
  }),
} as const;

/** Where operators are listened to. */
export interface AdminConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** The settings that concern operators, and those they must fit. */
interface AdminValues {
  readonly host: string;
  readonly port: number;
  readonly admin_port: number | null;
  readonly admin_host: string;
  readonly allow_unsafe: readonly string[];
}

/** The part of the settings that concerns operators; null: they are not listened to. */
export function adminConfigOf({ admin_port, admin_host }: AdminValues): AdminConfig | null {
  return admin_port === null ? null : { host: admin_host, port: admin_port };
}

/** Settings for operators that are fine by themselves and not together. */
export function adminContradictions(values: AdminValues): Problem[] {
  const { host, port, admin_port, admin_host, allow_unsafe } = values;
  if (admin_port === null) return [];
  const problems: Problem[] = [];
  if (!isLoopback(admin_host) && !allow_unsafe.includes(adminPlainText)) {
    const expected = `a loopback address, behind what ends TLS, or allow_unsafe = ["${adminPlainText}"]`;
    const found = `"${admin_host}", which others can reach without TLS`;
    problems.push({ where: "admin_host", expected, found });
  }
  if (admin_port !== 0 && admin_port === port && admin_host === host)
    problems.push({ where: "admin_port", expected: "another port than that of players", found: `${port}` });
  return problems;
}
