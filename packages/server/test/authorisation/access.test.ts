import assert from "node:assert/strict";
import { test } from "node:test";
import { health, type RouteDefinition, routeDefinitions } from "@matchforge/protocol/schemas";
import { createApp } from "../../src/http/create-app.ts";
import { problemOf } from "../http/http-client.ts";
import { AuthorisationRig } from "./authorisation-rig.ts";

test("[AZ1] a route that the protocol does not define cannot be added", async () => {
  const tokens = {
    verify: async () => ({ ok: false, code: "INVALID_TOKEN" }) as const,
  };
  const app = await createApp({ tokens, trustedProxies: [], onError: (error) => assert.fail(String(error)) });
  const route = { method: "GET", url: "/healthz", handler: () => ({ status: "ok" }) } as const;
  const isRefused = /has no definition in routeDefinitions/;
  assert.throws(() => app.route(route), isRefused);
  assert.throws(() => app.get("/secret", () => "told"), isRefused);
  // One that looks like a definition is none, and a definition is good for its own path alone.
  assert.throws(() => app.route({ ...route, config: { access: { ...health } } }), isRefused);
  assert.throws(() => app.route({ ...route, url: "/other", config: { access: health } }), isRefused);
  assert.throws(() => app.route({ ...route, method: "POST", config: { access: health } }), isRefused);
  app.route({ ...route, config: { access: health } });
  app.route({ ...route, url: "/closed", config: { access: "nobody" } });
  assert.equal((await app.inject("/healthz")).statusCode, 200);
  assert.equal((await app.inject("/closed")).statusCode, 403);
  await app.close();
});

test("[AZ1] whom a route does not name is refused before the body is read", async () => {
  await using rig = await AuthorisationRig.start();
  const routes: readonly RouteDefinition[] = routeDefinitions;
  const closed = routes.filter(({ roles, method }) => !roles.includes("anyone") && method !== "GET");
  assert.ok(closed.length > 0);
  for (const { method, path, listener, name } of closed) {
    const base = listener === "admin" ? rig.adminUrl : rig.url;
    const response = await fetch(`${base}${path.replaceAll(/:\w+/g, "x")}`, {
      method,
      headers: { "content-type": "application/json" },
      body: "{",
    });
    assert.equal((await problemOf(response)).code, "NOT_AUTHENTICATED", name);
  }
});
