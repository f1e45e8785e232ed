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

/** What a package exports, without the aliases of its entry. */
function exportsOf(entry: string): { readonly named: ts.Symbol[]; readonly checker: ts.TypeChecker } {
  const path = join(root, entry);
  const program = ts.createProgram([path], settings);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const library = file && checker.getSymbolAtLocation(file);
  assert.ok(library);
  const named = checker.getExportsOfModule(library).map((one) => {
    return one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
  });
  return { named, checker };
}

/** The functions and classes among them. */
function callableOf(named: readonly ts.Symbol[]): ts.Symbol[] {
  return named.filter((one) => one.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class));
}

/** The names of those that lack a description or an example. */
function undocumented(symbols: readonly ts.Symbol[], checker: ts.TypeChecker): string[] {
  const missing = symbols.filter((one) => {
    const text = ts.displayPartsToString(one.getDocumentationComment(checker));
    return text === "" || !one.getJsDocTags(checker).some(({ name }) => name === "example");
  });
  return missing.map(({ name }) => name);
}

test("[Y6] every function and class of the library is documented, with an example", () => {
  const { named, checker } = exportsOf("packages/engine/src/index.ts");
  const callable = callableOf(named);
  assert.ok(callable.length > 20);
  const methods = named.filter(({ name }) => faces.has(name)).flatMap((face) => methodsOf(face, checker));
  assert.ok(methods.length > 35);
  assert.deepEqual(undocumented([...callable, ...methods], checker), []);
});

test("[Y6] every function and class of the core is documented, with an example", () => {
  const { named, checker } = exportsOf("packages/core/src/index.ts");
  const callable = callableOf(named);
  assert.ok(callable.length > 80);
  assert.deepEqual(undocumented(callable, checker), []);
});
