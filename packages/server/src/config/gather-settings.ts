import { basename } from "node:path";
import { nearestWord } from "./nearest-word.ts";
import { describeFound, knownInstead, type Problem, placeIn } from "./problem.ts";
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
  const read = sources.file === undefined ? nothing : readFile(sources.file, problems);
  problems.push(...misspelled(sources.environment));
  const values = settingKeys.map((key) => [key, settingValue(key, { ...sources, ...read, problems })]);
  return { values: Object.fromEntries(values) as SettingValues, problems };
}

/** A file as it was read. */
interface Read {
  readonly table: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const nothing: Read = { table: {}, text: "" };

function readFile(file: string, problems: Problem[]): Read {
  const read = readToml(file);
  if (!read.ok) {
    problems.push(read.problem);
    return nothing;
  }
  const table = flat(read.table);
  for (const [key, value] of Object.entries(table)) {
    if (Object.hasOwn(settings, key)) continue;
    const where = placeIn(basename(file), { path: key, text: read.text });
    problems.push({ where, expected: knownInstead(key, settingKeys), found: describeFound(value) });
  }
  return { table, text: read.text };
}

/** The tables that group settings, such as `[servers]`. */
const groups = new Set(settingKeys.flatMap((key) => (key.includes(".") ? key.split(".", 1) : [])));

/** A file's settings by their whole keys: `url` of `[servers]` is `servers.url`. */
function flat(table: Read["table"]): Read["table"] {
  return Object.fromEntries(
    Object.entries(table).flatMap(([key, value]) => {
      const isGroup = groups.has(key) && typeof value === "object" && value !== null && !Array.isArray(value);
      return isGroup
        ? Object.entries(value).map(([inside, given]) => [`${key}.${inside}`, given])
        : [[key, value]];
    }),
  );
}

/** What an orchestrator tells of a service called matchforge; no settings of ours. */
const ofService = /_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_.*)?)$/;

/** Variables that look like settings and are none: what somebody meant to set must not go unheard. */
function misspelled(environment: SettingSources["environment"]): Problem[] {
  const known = settingKeys.map((key) => settings[key].environment as string);
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith("MATCHFORGE_") && !known.includes(name) && !ofService.test(name),
  );
  return unknown
    .filter((name) => nearestWord(name, known) !== undefined)
    .map((name) => ({
      where: name,
      expected: knownInstead(name, known),
      found: describeFound(environment[name]),
    }));
}

function settingValue(key: SettingKey, sources: SettingSources & Read & { problems: Problem[] }): unknown {
  const setting: Setting<unknown> = settings[key];
  const found = find(key, sources);
  if (found === undefined) return setting.otherwise;
  const value = setting.read(found.value);
  if (value !== undefined) return value;
  sources.problems.push({
    where: found.where,
    expected: setting.expected,
    found: setting.isSecret ? "something else, which is not shown" : describeFound(found.value),
  });
  return setting.otherwise;
}

/** What the strongest source gives; an empty variable counts as none. */
function find(
  key: SettingKey,
  { given, environment, file, table, text }: SettingSources & Read,
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
  return { where: placeIn(basename(file), { path: key, text }), value: table[key] };
}
