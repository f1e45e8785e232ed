#!/usr/bin/env node
import { nodeVersionProblem } from "./node-version.ts";

// First of all, and before anything is loaded that an older Node would choke on.
const problem = nodeVersionProblem(process.versions.node);
if (problem !== null) {
  console.error(problem);
  process.exit(1);
}
const { buildProgram } = await import("./program.ts");
await buildProgram().parseAsync();
