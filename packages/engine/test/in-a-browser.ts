/**
 * Loads the library into a context that has what a browser has and nothing of Node, and plays a match there.
 *
 * Run: node --experimental-vm-modules in-a-browser.ts
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

const context = vm.createContext({
  performance,
  setInterval,
  clearInterval,
  structuredClone,
  print: console.log,
});
const modules = new Map<string, vm.SourceTextModule>();

function load(specifier: string, from: string): vm.SourceTextModule {
  if (specifier.startsWith("node:")) throw new Error(`${from} imports ${specifier}`);
  const url = specifier.startsWith(".") ? new URL(specifier, from).href : import.meta.resolve(specifier);
  const known = modules.get(url);
  if (known !== undefined) return known;
  const code = stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8"));
  const module = new vm.SourceTextModule(code, { context, identifier: url });
  modules.set(url, module);
  return module;
}

const entry = new vm.SourceTextModule(
  `import { createMatchForge, defineMode } from "matchforge";
   const forge = createMatchForge({ modes: [defineMode({ id: "quick", readyCheckMs: null, countdownMs: 0 })] });
   for (const player of ["player_ada", "player_bob"]) forge.join({ player, mode: "quick" });
   forge.tick(1000);
   const match = forge.matchOf("player_ada");
   forge.finish({ match: match.id, ranks: [1, 2] });
   print(forge.recordOf({ player: match.players[0].id, mode: "quick" }).wins, typeof process, typeof require);`,
  { context, identifier: pathToFileURL("entry.ts").href },
);
await entry.link((specifier, { identifier }) => load(specifier, identifier));
await entry.evaluate();
