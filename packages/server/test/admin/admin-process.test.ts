import assert from "node:assert/strict";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { matchforge, RunningCommand } from "../e2e/command-line.ts";
import { temporaryFolder } from "../e2e/temporary-folder.ts";

test("[AD11] the process of a node that is drained ends by itself, in good order", async () => {
  const folder = temporaryFolder();
  const place = ["--data-dir", folder];
  const serve = ["serve", "--port", "0", "--admin-port", "0", "--log-level", "fatal", "--json"];
  const server = new RunningCommand(...serve, ...place);
  try {
    const { admin_url } = await server.line<{ readonly admin_url: string }>();
    const minted = matchforge("token", "--player", "player_root", "--role", "admin", ...place);
    const headers = {
      authorization: `Bearer ${minted.stdout.trim()}`,
      "content-type": "application/json",
    };
    const found = await fetch(`${admin_url}/admin/v1/nodes`, { headers });
    const { nodes } = (await found.json()) as { readonly nodes: readonly { readonly node: string }[] };
    const ended = once(server.child, "exit");
    const drained = await fetch(
      `${admin_url}/admin/v1/nodes/${encodeURIComponent(nodes[0]?.node ?? "")}/drain`,
      {
        method: "POST",
        headers,
        body: JSON.stringify({ reason: "its machine is replaced" }),
      },
    );
    assert.equal(drained.status, 202);
    assert.deepEqual(await ended, [0, null]);
  } finally {
    await server.end("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});
