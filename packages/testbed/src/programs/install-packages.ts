import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverEnvironment } from "../environment.ts";
import { lastLines } from "../last-lines.ts";
import { installScript } from "./install-script.ts";

/** A folder that every Debian has; a lock on it leaves no file behind and ends with its holder. */
const lockedFolder = "/var/lib/dpkg";

/**
 * Installs Debian packages, one process at a time.
 *
 * @throws Error with the end of what was printed, and the command to run by hand.
 */
export async function installPackages(names: readonly string[]): Promise<void> {
  const packages = names.join(" ");
  process.stderr.write(`Installing ${packages} for the tests; this happens once …\n`);
  const log = namelessFile();
  try {
    // It goes on to its end even if we do not, so that no package is left half installed.
    const shell = spawn("flock", [lockedFolder, "sh", "-c", installScript({ packages })], {
      detached: true,
      stdio: ["ignore", log, log],
      env: serverEnvironment(),
    });
    const [code] = (await once(shell, "close")) as [number | null];
    if (code !== 0) {
      throw new Error(
        `${packages} could not be installed. Run: apt-get update && apt-get install -y ${packages}\n` +
          lastLines(readWhole(log)),
      );
    }
  } finally {
    closeSync(log);
  }
  process.stderr.write(`Installed ${packages}.\n`);
}

/** A file that is open and has no name any more, so that it goes with its last user. */
function namelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), "matchforge-install-"));
  const file = openSync(join(folder, "log"), "a+");
  rmSync(folder, { recursive: true });
  return file;
}

function readWhole(file: number): string {
  const bytes = Buffer.alloc(fstatSync(file).size);
  return bytes.toString("utf8", 0, readSync(file, bytes, { position: 0 }));
}
