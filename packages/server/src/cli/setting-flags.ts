import type { Command } from "commander";
import type { Overrides } from "../config/gather-settings.ts";
import type { Setting } from "../config/setting.ts";
import { type SettingKey, settingKeys, settings } from "../config/settings.ts";

/** What commander gives for the flags below, and `--config`. */
export type SettingFlags = Readonly<Record<string, unknown>> & { readonly config?: string };

/** Gives a command the flags of some settings, described as the table describes them, and `--config`. */
export function addSettingFlags(command: Command, keys: readonly SettingKey[]): Command {
  for (const key of keys) {
    const { flag, description, environment, otherwise }: Setting<unknown> = settings[key];
    if (flag === null) throw new Error(`${key} has no flag`);
    const shown = key === "rules" ? "" : `; default ${otherwise}`;
    command.option(flag, `${description} (${environment}${shown})`);
  }
  return command.option("--config <file>", "a TOML file with these and further settings");
}

/** The settings among a command's flags, by their keys. */
export function overridesIn(flags: SettingFlags): Overrides {
  const given = settingKeys.map((key) => [key, flags[camelCase(key)]] as const);
  return Object.fromEntries(given.filter(([, value]) => typeof value === "string"));
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
