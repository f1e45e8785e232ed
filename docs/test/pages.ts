import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A page of the documentation: where it is, relative to the root, and what it says. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Every page that people read. */
export function pages(): Page[] {
  const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((path) =>
    join("docs", path),
  );
  const inExamples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" }).map((path) =>
    join("examples", path),
  );
  return [...readdirSync(root), ...inDocs, ...inExamples]
    .filter((path) => path.endsWith(".md"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The fenced blocks of a page in one language. */
export function blocks({ text }: Page, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    ([, code = ""]) => code,
  );
}
