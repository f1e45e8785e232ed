// Writes docs/reference/openapi.json, asyncapi.json and errors.md from the protocol's definitions, and
// openapi-admin.json as soon as there is a route for operators.
//
//   node tools/generate-api.ts            writes them
//   node tools/generate-api.ts --check    fails if one of them is not up to date
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { apiFiles } from "./api/api-files.ts";

const [option] = process.argv.slice(2);
if (option !== undefined && option !== "--check") {
  fail(`Unknown option ${option}: use --check or none.`);
} else {
  for (const [name, text] of Object.entries(apiFiles())) {
    const path = fileURLToPath(new URL(`../docs/reference/${name}`, import.meta.url));
    const written = existsSync(path) ? readFileSync(path, "utf8") : null;
    if (written === text) continue;
    if (option === "--check")
      fail(`docs/reference/${name} is out of date: run \`node tools/generate-api.ts\`.`);
    else if (text === null) rmSync(path);
    else writeFileSync(path, text);
  }
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
