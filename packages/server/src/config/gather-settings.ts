import { basename } from "node:path";
import { describeFound, type Problem } from "./problem.ts";
import { readToml } from "./read-toml.ts";
import type { Setting } from "./setting.ts";
import { type SettingKey, type SettingValues, settingKeys, settings } from "./settings.ts";

/** Where settings come from; what is given by name goes before the environment, that before the file. */
export interface SettingSources {
  /** The TOML file, if there is one. */
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Given by name, such as flags of the command line. */
  readonly given: Overrides;
}

/** Settings given by name, as text. */
export type Overrides = { readonly [Key in SettingKey]?: string | undefined };

/** The value of every setting, and everything that is wrong with what was given. */
export function gatherSettings(sources: SettingSources): { values: SettingValues; problems: Problem[] } {
  const problems: Problem[] = [];
  const table = sources.file === undefined ? {} : tableOf(sources.file, problems);
  const values = settingKeys.map((key) => [key, settingValue(key, { ...sources, table, problems })]);
  return { values: Object.fromEntries(values) as SettingValues, problems };
}

function tableOf(file: string, problems: Problem[]): Readonly<Record<string, unknown>> {
  const read = readToml(file);
  if (!read.ok) {
    problems.push(read.problem);
    return {};
  }
  for (const key of Object.keys(read.table)) {
    if (Object.hasOwn(settings, key)) continue;
    problems.push({
      where: basename(file),
      expected: `only ${settingKeys.join(", ")}`,
      found: describeFound(key),
    });
  }
  return read.table;
}

function settingValue(
  key: SettingKey,
  sources: SettingSources & {
    readonly table: Readonly<Record<string, unknown>>;
    readonly problems: Problem[];
  },
): unknown {
  const setting: Setting<unknown> = settings[key];
  const found = find(key, sources);
  if (found === undefined) return setting.otherwise;
  const value = setting.read(found.value);
  if (value !== undefined) return value;
  sources.problems.push({
    where: found.where,
    expected: setting.expected,
    found: describeFound(found.value),
  });
  return setting.otherwise;
}

/** What the strongest source gives; an empty variable counts as none. */
function find(
  key: SettingKey,
  { given, environment, file, table }: SettingSources & { readonly table: Readonly<Record<string, unknown>> },
): { where: string; value: unknown } | undefined {
  const setting: Setting<unknown> = settings[key];
  const byName = given[key];
  if (byName !== undefined)
    return { where: `--${key.replaceAll("_", "-")}`, value: setting.fromText(byName) };
  const variable = environment[setting.environment];
  if (variable !== undefined && variable !== "") {
    return { where: setting.environment, value: setting.fromText(variable) };
  }
  if (file === undefined || !Object.hasOwn(table, key)) return undefined;
  return { where: `${basename(file)}: ${key}`, value: table[key] };
}
