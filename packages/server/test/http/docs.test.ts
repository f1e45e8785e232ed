import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { errorCatalogue, errorCodes } from "@matchforge/protocol";
import {
  clientMessageDefinitions,
  docsAssets,
  type RouteDefinition,
  routeDefinitions,
  serverMessageDefinitions,
} from "@matchforge/protocol/schemas";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv } from "ajv";
import { apiFiles } from "../../../../tools/api/api-files.ts";
import { asyncApiDocument } from "../../src/http/docs/async-api-document.ts";
import { openApiDocument } from "../../src/http/docs/open-api-document.ts";
import { securityHeaders } from "../../src/http/security-headers.ts";
import { problemOf } from "./http-client.ts";
import { HttpRig } from "./http-rig.ts";

const reference = new URL("../../../../docs/reference/", import.meta.url);

let rig: HttpRig;
before(async () => {
  rig = await HttpRig.start();
});
after(() => rig.stop());

const pages = ["/docs", "/docs/messages", "/docs/errors"];

test("[AP4] the OpenAPI documents are valid, as judged by the published schema", async () => {
  for (const listener of ["public", "admin"] as const) {
    const { valid, errors } = await new Validator().validate(plain(openApiDocument(listener)));
    assert.ok(valid, JSON.stringify(errors));
  }
  const { valid } = await new Validator().validate({ ...plain(openApiDocument("public")), paths: 7 });
  assert.equal(valid, false);
});

test("[AP5] the AsyncAPI document is valid, as judged by the published schema", () => {
  const path = createRequire(import.meta.url).resolve("@asyncapi/specs/schemas/3.0.0-without-$id.json");
  // The published schema brings the meta-schema it is written in.
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  const validate = ajv.compile(JSON.parse(readFileSync(path, "utf8")));
  assert.ok(validate(plain(asyncApiDocument())), JSON.stringify(validate.errors?.slice(0, 5)));
  assert.equal(validate({ ...plain(asyncApiDocument()), channels: 7 }), false);
});

test("[AP5] every message is in the AsyncAPI document, and every request has its reply and its codes", () => {
  const { channels, components, operations } = asyncApiDocument();
  const types = [...clientMessageDefinitions, ...serverMessageDefinitions].map(({ type }) => type);
  for (const { messages } of Object.values(channels)) assert.deepEqual(Object.keys(messages), types);
  assert.deepEqual(Object.keys(components.messages), types);
  for (const { type, reply, failures } of clientMessageDefinitions) {
    const operation = operations[type];
    assert.ok(operation?.action === "receive", type);
    const replies = operation.reply?.messages.map(({ $ref }) => $ref.split("/").at(-1)) ?? [];
    assert.deepEqual(replies, reply === null ? [] : [reply, "error"]);
    for (const code of failures) assert.ok(operation["x-failures"]?.includes(code), `${type} ${code}`);
  }
});

test("[AP4] every route is an operation with the tokens it takes", () => {
  const { paths } = openApiDocument("public");
  const routes: readonly RouteDefinition[] = routeDefinitions;
  for (const { method, path, roles, listener } of routes) {
    const operation = paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
    assert.equal(operation !== undefined, listener === "public", path);
    if (operation === undefined) continue;
    const isOpen =
      operation.security.length === 0 || operation.security.some((one) => one.bearer === undefined);
    assert.equal(isOpen, roles.includes("anyone"), path);
  }
});

test("[AP9] what is committed is what the definitions generate", () => {
  for (const [name, text] of Object.entries(apiFiles()))
    if (text !== null) assert.equal(readFileSync(new URL(name, reference), "utf8"), text, name);
});

test("[AP9] what is served is what is committed", async () => {
  for (const name of ["openapi.json", "asyncapi.json"]) {
    const response = await rig.get(`/docs/${name}`);
    assert.equal(response.headers.get("content-type"), "application/json; charset=utf-8");
    assert.deepEqual(await response.json(), JSON.parse(readFileSync(new URL(name, reference), "utf8")));
  }
});

test("[AP10] every code stands in the table and on the page, with its status and what to do", async () => {
  const html = await (await rig.get("/docs/errors")).text();
  const table = readFileSync(new URL("errors.md", reference), "utf8");
  for (const code of errorCodes) {
    const { httpStatus, retryable, happened, whatToDo } = errorCatalogue[code];
    const retry = retryable ? "yes" : "no";
    assert.ok(table.includes(`| \`${code}\` | ${httpStatus} | ${retry} | ${happened} | ${whatToDo} |`), code);
    assert.ok(
      html.includes(`<tr id="${code}"><td><code>${code}</code></td><td>${httpStatus}</td><td>${retry}</td>`),
    );
  }
});

test("[AP11] a page loads nothing from elsewhere, and runs and draws only what its policy names", async () => {
  for (const path of pages) {
    const response = await rig.get(path);
    const html = await response.text();
    const policy = response.headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    for (const [, tag, attributes = "", text = ""] of html.matchAll(/<(script|style)([^>]*)>(.*?)<\/\1>/gs)) {
      const hash = createHash("sha256").update(text).digest("base64");
      if (text !== "") assert.ok(policy.includes(`'sha256-${hash}'`), `${tag} of ${path}`);
      else assert.match(attributes, /^ src="\/docs\/assets\//);
    }
    for (const [, address = ""] of html.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(address, /^[/#]/);
    assert.doesNotMatch(html, / (style|on\w+)=/);
  }
});

test("[AP11] no other page's policy is any looser for it", async () => {
  for (const path of ["/", "/docs/openapi.json", "/api/v1/matchmaking/statistics"]) {
    const policy = (await rig.get(path)).headers.get("content-security-policy");
    assert.equal(policy, securityHeaders["content-security-policy"]);
  }
});

test("[AP12] the page is made of files of the node's own, smaller for whoever takes them zipped", async () => {
  for (const name of docsAssets) {
    const whole = await rig.get(`/docs/assets/${name}`, { headers: { "accept-encoding": "identity" } });
    const zipped = await rig.get(`/docs/assets/${name}`, { headers: { "accept-encoding": "gzip" } });
    assert.deepEqual(
      [whole.headers.get("content-encoding"), zipped.headers.get("content-encoding")],
      [null, "gzip"],
    );
    assert.equal(await zipped.text(), await whole.text());
    assert.equal(whole.headers.get("x-content-type-options"), "nosniff");
  }
  for (const name of ["package.json", "..%2fpackage.json", "swagger-ui.js", "constructor"])
    assert.equal((await problemOf(await rig.get(`/docs/assets/${name}`))).code, "NOT_FOUND");
});

test("[AP12] the pages name their language, fit a small screen, and can be read without a script", async () => {
  for (const path of pages) {
    const html = await (await rig.get(path)).text();
    assert.match(html, /^<!doctype html>\n<html lang="en">/);
    assert.ok(html.includes('<meta name="viewport" content="width=device-width, initial-scale=1">'));
    assert.ok(html.includes("color-scheme:light dark") && html.includes("<title>MatchForge"));
    assert.equal(html.match(/<h1>/g)?.length, 1, path);
    assert.equal(html.match(/aria-current="page"/g)?.length, 1, path);
  }
});

/** A document as whoever asks for it gets it. */
function plain(document: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
}
