/** Text as it stands in a page, whatever it holds. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** Text with what stands between backticks as code, and between asterisks with stress. */
export function proseHtml(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, "<code>$1</code>")
    .replaceAll(/\*(\w+)\*/g, "<em>$1</em>");
}

/** A table of prose that can be moved sideways where it is too wide; each row can be an anchor named by its first cell. */
export function tableHtml(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { isAnchored = false } = {},
): string {
  const idOf = ([first = ""]: readonly string[]) =>
    isAnchored ? ` id="${escapeHtml(first.replaceAll("`", ""))}"` : "";
  const cellsOf = (row: readonly string[]) => row.map((cell) => `<td>${proseHtml(cell)}</td>`).join("");
  const body = rows.map((row) => `<tr${idOf(row)}>${cellsOf(row)}</tr>`).join("\n");
  const columns = head.map((name) => `<th scope="col">${proseHtml(name)}</th>`).join("");
  return `<div class="wide" tabindex="0"><table><thead><tr>${columns}</tr></thead>\n<tbody>${body}</tbody></table></div>`;
}

/** A value as a block of JSON. */
export function jsonHtml(value: unknown): string {
  return `<pre tabindex="0"><code>${escapeHtml(JSON.stringify(value, null, 2))}</code></pre>`;
}
