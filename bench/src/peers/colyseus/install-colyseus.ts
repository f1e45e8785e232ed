import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The package `colyseus` itself draws in a library that only GitHub has; these are the parts of it that play. */
const packages = [
  "@colyseus/core@0.18.17",
  "@colyseus/ws-transport@0.18.4",
  "@colyseus/schema@5.0.34",
  "@colyseus/sdk@0.18.4",
];

/** Colyseus in a folder of its own. */
export interface InstalledColyseus {
  readonly folder: string;
  /** What was installed and how it is used, for the report. */
  readonly settings: string;
  remove(): void;
}

/**
 * Installs the peer into a temporary folder, with npm.
 *
 * @throws Error with what npm says, where the packages cannot be had.
 */
export async function installColyseus(): Promise<InstalledColyseus> {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-peer-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "peer", private: true }));
  await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });
  return {
    folder,
    settings:
      `${packages.join(" ")}; transport ws (its uWebSockets transport is not on npm); presence and driver in ` +
      "memory; rooms of two without state, patches off; clients by its SDK",
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
