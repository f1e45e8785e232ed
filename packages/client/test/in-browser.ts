/**
 * Loads the client where there is nothing but what browsers have, and lets it ask a server one thing.
 *
 * Run: node --experimental-vm-modules in-browser.ts URL
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { createContext, SourceTextModule } from "node:vm";

const { WebSocket, URL, fetch, setTimeout, clearTimeout, queueMicrotask } = globalThis;
const context = createContext(
  { WebSocket, URL, fetch, setTimeout, clearTimeout, queueMicrotask },
  { codeGeneration: { strings: false, wasm: false } },
);
const modules = new Map<string, SourceTextModule>();

function load(address: string): SourceTextModule {
  const known = modules.get(address);
  if (known !== undefined) return known;
  const source = stripTypeScriptTypes(readFileSync(new globalThis.URL(address), "utf8"));
  const loaded = new SourceTextModule(source, { context, identifier: address });
  modules.set(address, loaded);
  return loaded;
}

function resolve(specifier: string, from: string): string {
  if (specifier.startsWith(".")) return new globalThis.URL(specifier, from).href;
  if (specifier.startsWith("@matchforge/")) return import.meta.resolve(specifier);
  throw new Error(`${from} imports ${specifier}, which no browser has`);
}

const client = load(new globalThis.URL("../src/index.ts", import.meta.url).href);
await client.link((specifier, { identifier }) => load(resolve(specifier, identifier)));
await client.evaluate();
const { MatchForgeClient } = client.namespace as typeof import("../src/index.ts");
const player = new MatchForgeClient({ url: process.argv[2] ?? "", token: "t" });
await player.connect();
console.log(JSON.stringify({ reply: await player.request("queue.leave", {}), modules: modules.size }));
player.close();
