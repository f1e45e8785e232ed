import { type DocsHtml, docsHtml } from "./docs-html.ts";

/** The reference of the HTTP interface, drawn by Swagger UI from the OpenAPI document this node serves. */
export function httpPage(): DocsHtml {
  return docsHtml({
    path: "/docs",
    body:
      '<div id="reference"><noscript><h1>HTTP</h1><p>This page is drawn by a script. Without one, read ' +
      '<a href="/docs/openapi.json">the document it is drawn from</a>.</p></noscript></div>',
    assets: {
      styleSheet: "/docs/assets/swagger-ui.css",
      script: "/docs/assets/swagger-ui-bundle.js",
      start,
    },
  });
}

const start = `
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
follow();
dark.addEventListener("change", follow);
SwaggerUIBundle({
  url: "/docs/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  validatorUrl: null,
  defaultModelsExpandDepth: -1,
});
`;
