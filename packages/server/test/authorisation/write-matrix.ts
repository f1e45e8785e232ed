// Writes docs/reference/authorisation.md anew: for whoever means to change who may do what.
//
//   node packages/server/test/authorisation/write-matrix.ts
import { writeFileSync } from "node:fs";
import { matrixPage, matrixPath } from "./matrix-page.ts";
import { walk } from "./walk.ts";

writeFileSync(matrixPath, matrixPage(await walk()));
