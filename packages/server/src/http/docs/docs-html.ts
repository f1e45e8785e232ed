import { createHash } from "node:crypto";
import { VERSION } from "@matchforge/core";
import { escapeHtml } from "./html.ts";
import { pageStyle } from "./page-style.ts";

/** A page of the reference, and the policy it is served under: it may load what it is made of, and nothing else. */
export interface DocsHtml {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const pages = {
  "/docs": "HTTP",
  "/docs/messages": "Socket",
  "/docs/errors": "Errors",
} as const;

const documents = { "/docs/openapi.json": "OpenAPI", "/docs/asyncapi.json": "AsyncAPI" } as const;

/** What a page consists of besides the frame all of them have. */
export interface DocsParts {
  readonly path: keyof typeof pages;
  readonly body: string;
  /** Style sheets and scripts of the node itself, and one script of the page's own. */
  readonly assets?: {
    readonly styleSheet: string;
    readonly script: string;
    readonly start: string;
  };
}

/** Puts a page together. */
export function docsHtml({ path, body, assets }: DocsParts): DocsHtml {
  const title = `MatchForge ${VERSION}: ${pages[path]}`;
  const links = [
    ...Object.entries(pages).map(([href, name]) => link(href, { name, isCurrent: href === path })),
    ...Object.entries(documents).map(([href, name]) => link(href, { name, isCurrent: false })),
  ];
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${assets === undefined ? "" : `<link rel="stylesheet" href="${assets.styleSheet}">\n`}<style>${pageStyle}</style>
<nav aria-label="Reference">${links.join("\n")}</nav>
<main>
${body}
</main>
${assets === undefined ? "" : `<script src="${assets.script}"></script>\n<script>${assets.start}</script>\n`}</html>
`;
  return { html, contentSecurityPolicy: policyFor(assets) };
}

function link(href: string, { name, isCurrent }: { name: string; isCurrent: boolean }): string {
  return `<a href="${href}"${isCurrent ? ' aria-current="page"' : ""}>${name}</a>`;
}

function policyFor(assets: DocsParts["assets"]): string {
  const style = `'sha256-${hashOf(pageStyle)}'`;
  const rest = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  if (assets === undefined) return `default-src 'none'; style-src ${style}; ${rest}`;
  return (
    `default-src 'none'; script-src 'self' 'sha256-${hashOf(assets.start)}'; style-src 'self' ${style}; ` +
    `img-src data:; connect-src 'self'; ${rest}`
  );
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
