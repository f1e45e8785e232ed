import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { matchforge } from "./command-line.ts";
import { ServerProcess } from "./server-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.start();
});
afterEach(() => server.remove());

test("[B19] two servers never share a data folder", async () => {
  const second = matchforge("serve", "--port", "0", "--data-dir", server.dataDir);
  assert.equal(second.status, 1);
  assert.match(second.stderr, /in use by another process.*choose another data folder/);
  assert.equal(await (await server.player()).code("queue.leave", {}), "NOT_IN_QUEUE");
});

test("[B21] the doctor finds nothing wrong with a server that runs, and names what is wrong", () => {
  const look = (...args: string[]) => {
    const { status, stdout } = matchforge("doctor", ...args, "--json");
    const findings = JSON.parse(stdout) as { check: string; verdict: string; advice: string | null }[];
    return { status, of: new Map(findings.map((finding) => [finding.check, finding])) };
  };
  const well = look("--url", server.url, "--data-dir", server.dataDir, "--port", "0");
  assert.deepEqual([well.status, well.of.get("server")?.verdict], [0, "ok"]);
  assert.equal(well.of.get("data file")?.verdict, "warn");
  const { port } = new URL(server.url);
  const ill = look("--url", "http://127.0.0.1:1", "--data-dir", join(temporaryFolder(), "x"), "--port", port);
  assert.deepEqual(
    [ill.status, ill.of.get("server")?.verdict, ill.of.get("port")?.verdict],
    [1, "fail", "warn"],
  );
  assert.match(ill.of.get("server")?.advice ?? "", /npm start/);
});
