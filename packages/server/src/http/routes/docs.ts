import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import {
  docsAsset,
  docsAssets,
  docsAsyncapi,
  docsErrors,
  docsMessages,
  docsOpenapi,
  docsPage,
  type RouteDefinition,
} from "@matchforge/protocol/schemas";
import type { FastifyInstance } from "fastify";
import { addRoute } from "../add-route.ts";
import { asyncApiDocument } from "../docs/async-api-document.ts";
import type { DocsHtml } from "../docs/docs-html.ts";
import { errorsPage } from "../docs/errors-page.ts";
import { httpPage } from "../docs/http-page.ts";
import { messagesPage } from "../docs/messages-page.ts";
import { openApiDocument } from "../docs/open-api-document.ts";
import { sendProblem } from "../problems.ts";

const pages: readonly (readonly [RouteDefinition, () => DocsHtml])[] = [
  [docsPage, httpPage],
  [docsMessages, messagesPage],
  [docsErrors, errorsPage],
];

const documents: readonly (readonly [RouteDefinition, () => object])[] = [
  [docsOpenapi, () => openApiDocument("public")],
  [docsAsyncapi, asyncApiDocument],
];

/** `GET /docs` and what is below: the reference of everything this node serves. Each is made when it is first asked for. */
export function addDocs(app: FastifyInstance): void {
  for (const [definition, make] of pages) {
    const page = once(make);
    addRoute(app, definition, {
      handler: (_request, reply) => {
        const { html, contentSecurityPolicy } = page();
        void reply.header("content-security-policy", contentSecurityPolicy);
        return reply.type("text/html; charset=utf-8").send(html);
      },
    });
  }
  for (const [definition, make] of documents) {
    const text = once(() => JSON.stringify(make()));
    addRoute(app, definition, {
      handler: (_request, reply) => reply.type("application/json; charset=utf-8").send(text()),
    });
  }
  addAssets(app);
}

const typeOf: Readonly<Record<(typeof docsAssets)[number], string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
};

function addAssets(app: FastifyInstance): void {
  const files = new Map(
    docsAssets.map((name) => [name as string, { type: typeOf[name], read: once(() => read(name)) }]),
  );
  addRoute(app, docsAsset, {
    handler: async (request, reply) => {
      const file = files.get((request.params as { readonly file: string }).file);
      if (file === undefined) return sendProblem(reply, { code: "NOT_FOUND" });
      const { plain, zipped } = await file.read();
      const takesZip = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
      void reply.type(file.type).header("vary", "accept-encoding");
      return takesZip ? reply.header("content-encoding", "gzip").send(zipped) : reply.send(plain);
    },
  });
}

/** A file of Swagger UI, as it is and as it travels. */
async function read(name: string): Promise<{ readonly plain: Buffer; readonly zipped: Buffer }> {
  const plain = await readFile(new URL(import.meta.resolve(`swagger-ui-dist/${name}`)));
  return { plain, zipped: await promisify(gzip)(plain) };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
