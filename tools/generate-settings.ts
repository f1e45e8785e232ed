// Writes docs/reference/settings.md from the table of settings.
//
//   node tools/generate-settings.ts            writes the page
//   node tools/generate-settings.ts --check    fails if the page is not up to date
import { readFileSync, writeFileSync } from "node:fs";
import { fleetSettings } from "../packages/server/src/config/fleet-settings.ts";
import { serversSettings } from "../packages/server/src/config/servers-settings.ts";
import type { Setting } from "../packages/server/src/config/setting.ts";
import { settingKeys, settings } from "../packages/server/src/config/settings.ts";
import { streamsSettings } from "../packages/server/src/config/streams-settings.ts";

const path = "docs/reference/settings.md";

const intro = `# Settings

What \`matchforge serve\` can be told: as a flag, by the variable of the environment, or by its key in the TOML file that
\`--config\` names. A flag goes before the variable, that before the file, that before the default. This page is made from
the table that the server itself reads (\`npm run generate\`).
`;

const ofServers = `In the file these are keys of the table \`[servers]\`; [Where game servers come from](../servers.md) tells
what they are for.
`;

const ofStreams = `In the file these are keys of the table \`[streams]\`; [Streams and channels](../streams.md) tells what they
bring.
`;

const [option] = process.argv.slice(2);
const page = settingsPage();
if (option === undefined) writeFileSync(path, page);
else if (option !== "--check" || readFileSync(path, "utf8") !== page) {
  console.error(`${path} is out of date: run \`npm run generate\`.`);
  process.exitCode = 1;
}

function settingsPage(): string {
  const isOfFleet = (key: string) => Object.hasOwn(fleetSettings, key);
  const isOfServers = (key: string) => Object.hasOwn(serversSettings, key);
  const isOfStreams = (key: string) => Object.hasOwn(streamsSettings, key);
  const isOfNone = (key: string) => !isOfFleet(key) && !isOfServers(key) && !isOfStreams(key);
  const alone = settingKeys.filter(isOfNone).map(sectionOf);
  const servers = settingKeys.filter(isOfServers).map(sectionOf);
  const streams = settingKeys.filter(isOfStreams).map(sectionOf);
  const fleet = settingKeys.filter(isOfFleet).map(sectionOf);
  const parts = [
    alone.join("\n"),
    `## Game servers\n\n${ofServers}\n${servers.join("\n")}`,
    `## Streams and channels\n\n${ofStreams}\n${streams.join("\n")}`,
  ];
  return `${intro}\n${parts.join("\n")}\n## A fleet\n\n${fleet.join("\n")}`;
}

function sectionOf(key: keyof typeof settings): string {
  const { flag, environment, description, otherwise, expected }: Setting<unknown> = settings[key];
  const lines = [`### \`${key}\``, "", `${sentence(description)}`, ""];
  lines.push(`- takes ${expected}`, `- default: ${shown(key, otherwise)}`, `- variable: \`${environment}\``);
  if (flag !== null) lines.push(`- flag: \`${flag}\``);
  return `${lines.join("\n")}\n`;
}

function shown(key: string, otherwise: unknown): string {
  if (otherwise === null) return "none";
  return key === "rules" ? "the arcade's" : `\`${JSON.stringify(otherwise)}\``;
}

function sentence(description: string): string {
  return `${description.slice(0, 1).toUpperCase()}${description.slice(1)}.`;
}
