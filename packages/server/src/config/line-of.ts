/** A line of a TOML text that gives a table or a key, and the path of that. */
interface Place {
  readonly line: number;
  readonly path: readonly string[];
}

const header = /^\s*(\[\[?)\s*([^\]]+?)\s*\]/;
const assignment = /^\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=/;

/**
 * The line of a TOML text, from 1, where a path is given, or else what is nearest around it; undefined when
 * nothing is. The tables of a list go by their `id`, or by their place, as problems call them.
 *
 * @example
 * lineOf('[[modes]]\nid = "duel"\ncountdown = 5', "modes.duel.countdown"); // 3
 */
export function lineOf(text: string, path: string): number | undefined {
  // A list written inside one value has no lines of its own.
  const wanted = path.split(".").map((part, depth) => (depth === 0 ? part : withoutPlace(part)));
  let nearest: Place | undefined;
  for (const place of placesIn(text)) {
    const isAround = place.path.every(
      (part, depth) => part === wanted[depth] || (depth === 0 && withoutPlace(part) === wanted[0]),
    );
    if (isAround && place.path.length >= (nearest?.path.length ?? 0)) nearest = place;
  }
  return nearest?.line;
}

/** The name of a list, of one of its items: `modes[3]`. */
function withoutPlace(part: string): string {
  return part.replace(/\[\d+\]$/, "");
}

function placesIn(text: string): Place[] {
  const lines = text.split("\n");
  const places: Place[] = [];
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  lines.forEach((content, index) => {
    const [, brackets, name] = header.exec(content) ?? [];
    if (name !== undefined) {
      if (brackets === "[[") {
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        table = itemPath(name, count, lines.slice(index + 1));
      } else table = inside(table, partsOf(name));
      places.push({ line: index + 1, path: table });
      return;
    }
    const key = assignment.exec(content)?.[1];
    if (key !== undefined) places.push({ line: index + 1, path: [...table, ...partsOf(key)] });
  });
  return places;
}

/** An item of a list of tables, named by its id where the lines that follow give one. */
function itemPath(list: string, count: number, rest: readonly string[]): readonly string[] {
  const end = rest.findIndex((line) => header.test(line));
  const own = end === -1 ? rest : rest.slice(0, end);
  const id = own.map((line) => /^\s*id\s*=\s*["']([^"']+)["']/.exec(line)?.[1]).find((found) => found);
  return id === undefined ? [`${list}[${count}]`] : [list, id];
}

/** Below a list of tables, `[modes.search]` belongs to the item before it. */
function inside(table: readonly string[], parts: readonly string[]): readonly string[] {
  const [list, ...rest] = parts;
  if (list === undefined || rest.length === 0) return parts;
  if (table[0] === list && table.length > 1) return [list, table[1], ...rest];
  return table[0]?.startsWith(`${list}[`) ? [table[0], ...rest] : parts;
}

function partsOf(key: string): string[] {
  return key.split(".").map((part) => part.trim().replace(/^["']|["']$/g, ""));
}
