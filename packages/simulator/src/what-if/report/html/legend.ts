import { escapeHtml } from "./escape-html.ts";

/** The names of a chart's colours, as pairs of class and name. */
export function legend(entries: readonly (readonly [string, string])[]): string {
  const items = entries.map(
    ([name, text]) => `<li><span class="key ${name}"></span>${escapeHtml(text)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}
