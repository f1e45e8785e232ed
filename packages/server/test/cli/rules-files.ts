import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A duel that is as it should be, with lines more in its own table and in its search. */
export function duelText({ mode = "", search = "max_wait = 300" } = {}): string {
  return `[[modes]]
id = "duel"
game = "typing_duel"
rating = { system = "elo" }
${mode}
[modes.search]
widening = [
  { after = 0, gap = 100 },
  { after = 60, gap = "any" },
]
${search}
[modes.ready_check]
timeout = 15
`;
}

/** A folder of a test's own, gone when it ends. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), "matchforge-rules-"));

  /** Writes a file and answers its path. */
  file(name: string, text: string): string {
    const path = join(this.path, name);
    writeFileSync(path, text);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
