#!/usr/bin/env node
import { checkNodeVersion } from "./node-version.ts";

checkNodeVersion(process.versions.node);
const { buildProgram } = await import("./program.ts");
await buildProgram().parseAsync();
