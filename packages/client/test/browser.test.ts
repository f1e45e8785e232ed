import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { TestServer } from "./test-server.ts";

const script = fileURLToPath(new URL("./in-browser.ts", import.meta.url));

test("[C8] it loads and talks where there is nothing but what browsers have, and no code may be made", async (t) => {
  const server = await TestServer.start();
  t.after(() => server.stop());
  server.answer = ({ id }) => server.send("ok", {}, id);
  const flags = ["--experimental-vm-modules", "--no-warnings"];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script, server.url]);
  const { reply, modules } = JSON.parse(stdout) as { reply: object; modules: number };
  assert.deepEqual(reply, {});
  assert.ok(modules > 10);
});
