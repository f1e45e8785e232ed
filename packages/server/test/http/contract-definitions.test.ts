import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { isErrorCode, PROTOCOL_VERSION } from "@matchforge/protocol";
import {
  commonRouteFailures,
  type RouteDefinition,
  routeDefinitions,
  routeFailures,
} from "@matchforge/protocol/schemas";
import { Errors } from "typebox/value";

const definitions: readonly RouteDefinition[] = routeDefinitions;

/** Runs for each route; a failure names it. */
function eachRoute(check: (route: RouteDefinition) => void): void {
  for (const route of definitions) {
    try {
      check(route);
    } catch (error) {
      throw new Error(route.name, { cause: error });
    }
  }
}

test("[AP1] each route has a file of its own, named after it, and a path and method no other has", () => {
  const folder = new URL("../../../protocol/src/http/", import.meta.url);
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => basename(file)),
  );
  eachRoute(({ name }) => assert.ok(files.has(`${name}.ts`), `${name}.ts`));
  const places = definitions.map(({ method, path }) => `${method} ${path}`);
  for (const all of [definitions.map(({ name }) => name), places])
    assert.equal(new Set(all).size, all.length);
});

test("[AP1] each says what it is for, since when, and has the names of its path in its parameters", () => {
  eachRoute(({ path, params, since, description }) => {
    assert.match(description, /^[A-Z`].*\.$/s);
    assert.ok(since >= 1 && since <= PROTOCOL_VERSION, `since ${since}`);
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    assert.deepEqual(Object.keys(params?.schema.properties ?? {}), names);
    assert.deepEqual(params?.schema.required ?? [], names);
  });
});

test("[AP2] every example keeps to its schema", () => {
  eachRoute(({ params, query, body, headers, answer, example, otherAnswers = [] }) => {
    for (const part of [params, query, body, headers])
      if (part) assert.deepEqual([...Errors(part.schema, part.example)], []);
    for (const one of [{ answer, example }, ...otherAnswers]) {
      if (one.answer === null) assert.equal(one.example, null);
      else assert.deepEqual([...Errors(one.answer, one.example)], []);
    }
  });
});

test("[AP2] what is sent is an object that refuses what it does not name", () => {
  eachRoute(({ params, query, body }) => {
    for (const part of [params, query, body]) {
      const schema: object = part?.schema ?? { additionalProperties: false };
      assert.ok("additionalProperties" in schema && schema.additionalProperties === false);
    }
  });
});

test("[AP3] a route names its own codes, each once, and those that follow from what it takes are added", () => {
  eachRoute((route) => {
    const { failures, roles } = route;
    assert.equal(new Set(failures).size, failures.length, `${failures}`);
    const implied = new Set(routeFailures({ ...route, failures: [] }));
    assert.deepEqual(
      failures.filter((code) => implied.has(code)),
      [],
      "these need not be named",
    );
    const all = routeFailures(route);
    for (const code of [...failures, ...commonRouteFailures])
      assert.ok(all.includes(code) && isErrorCode(code));
    assert.equal(
      all.includes("INVALID_TOKEN"),
      roles.some((role) => role !== "anyone"),
    );
    assert.equal(implied.has("NOT_AUTHENTICATED"), !roles.includes("anyone"));
  });
});
