import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { root } from "./pages.ts";

const settings: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  noEmit: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  types: [],
};

/** What a game holds in its hands. */
const faces = new Set(["MatchForge", "Parties", "Lobbies", "Runner"]);

/** The public methods of a class or interface. */
function methodsOf(face: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return checker
    .getDeclaredTypeOfSymbol(face)
    .getProperties()
    .filter(({ flags, name }) => {
      return flags & ts.SymbolFlags.Method && !name.startsWith("#") && !name.startsWith("__");
    });
}

test("[Y6] every function and class of the library is documented, with an example", () => {
  const entry = join(root, "packages/engine/src/index.ts");
  const program = ts.createProgram([entry], settings);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const library = file && checker.getSymbolAtLocation(file);
  assert.ok(library);
  const named = checker.getExportsOfModule(library).map((one) => {
    return one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
  });
  const callable = named.filter((one) => one.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class));
  assert.ok(callable.length > 20);
  const methods = named.filter(({ name }) => faces.has(name)).flatMap((face) => methodsOf(face, checker));
  assert.ok(methods.length > 35);
  const missing = [...callable, ...methods].filter((one) => {
    const text = ts.displayPartsToString(one.getDocumentationComment(checker));
    return text === "" || !one.getJsDocTags(checker).some(({ name }) => name === "example");
  });
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  );
});
