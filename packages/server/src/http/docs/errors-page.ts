import { type DocsHtml, docsHtml } from "./docs-html.ts";
import { errorColumns, errorExample, errorIntroduction, errorRows } from "./error-rows.ts";
import { jsonHtml, proseHtml, tableHtml } from "./html.ts";

/** Every error code: what happened, and what to do. */
export function errorsPage(): DocsHtml {
  const sections = errorRows().map(
    ([family, rows]) => `<h2>${family}</h2>\n${tableHtml(errorColumns, rows, { isAnchored: true })}`,
  );
  const body = [
    "<h1>Error codes</h1>",
    `<p>${proseHtml(errorIntroduction)}</p>`,
    jsonHtml(errorExample),
    ...sections,
  ];
  return docsHtml({ path: "/docs/errors", body: body.join("\n") });
}
