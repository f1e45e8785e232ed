import assert from "node:assert/strict";
import { test } from "node:test";
import { type Listener, type RouteDefinition, routeDefinitions } from "@matchforge/protocol/schemas";
import { servedPaths } from "./contract/served-paths.ts";
import { problemOf } from "./http-client.ts";
import { HttpRig } from "./http-rig.ts";

const definitions: readonly RouteDefinition[] = routeDefinitions;

/** Starts each listener over a real node; null for one that no build has. */
const listeners: Readonly<Record<Listener, (() => Promise<HttpRig>) | null>> = {
  public: () => HttpRig.start(),
  admin: () => HttpRig.startAdmin(),
};

for (const [listener, start] of Object.entries(listeners)) {
  const routes = definitions.filter((route) => route.listener === listener);

  test(`[AP6] the ${listener} listener serves the paths and methods that are documented, and no others`, async () => {
    if (start === null) {
      assert.deepEqual(
        routes,
        [],
        "these routes are documented, and this test knows no listener that serves them",
      );
      return;
    }
    const rig = await start();
    try {
      const byPath = Map.groupBy(routes, ({ path }) => path);
      assert.deepEqual(servedPaths(rig.routes), [...byPath.keys()].sort());
      for (const [path, group] of byPath) await assertMethods(rig, { path, group });
    } finally {
      await rig.stop();
    }
  });
}

async function assertMethods(
  rig: HttpRig,
  { path, group }: { path: string; group: readonly RouteDefinition[] },
): Promise<void> {
  const methods = new Set(
    group.flatMap(({ method }): string[] => (method === "GET" ? ["GET", "HEAD"] : [method])),
  );
  const other = ["GET", "POST", "PUT", "PATCH", "DELETE"].find((method) => !methods.has(method)) ?? "OPTIONS";
  const response = await rig.get(path.replaceAll(/:\w+/g, "x"), { method: other });
  assert.equal((await problemOf(response)).code, "UNSUPPORTED", `${other} ${path}`);
  assert.deepEqual(new Set(response.headers.get("allow")?.split(", ")), methods, path);
}
