import { ListScan } from "./list-scan.ts";

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
  return linesOf(text)(path);
}

/** The same for many paths of one text, which is read once. */
export function linesOf(text: string): (path: string) => number | undefined {
  const places = placesIn(text);
  return (path) => lineAmong(places, path);
}

function lineAmong(places: readonly Place[], path: string): number | undefined {
  const wanted = path.split(".");
  const list = withoutPlace(wanted[0]);
  let nearest: Place | undefined;
  for (const place of places) {
    const isAround = place.path.every((part, depth) => {
      if (part === wanted[depth] || (depth > 0 && part === withoutPlace(wanted[depth]))) return true;
      return depth === 0 && wanted[0] === list && withoutPlace(part) === list;
    });
    if (isAround && (nearest === undefined || isNearer(place, nearest))) nearest = place;
  }
  return nearest?.line;
}

/** An item of a list is nearer than the list, and what is inside it nearer still. */
function isNearer(place: Place, than: Place): boolean {
  const [own, other] = [place.path, than.path];
  if (own.length !== other.length) return own.length > other.length;
  return isItem(own.at(-1)) || !isItem(other.at(-1));
}

function isItem(part: string | undefined): boolean {
  return part?.endsWith("]") ?? false;
}

/** The name of a list, of one of its items: `modes[3]`. */
function withoutPlace(part: string | undefined): string | undefined {
  return part?.replace(/\[\d+\]$/, "");
}

function placesIn(text: string): Place[] {
  const lines = text.split("\n");
  const places: Place[] = [];
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  let list: { readonly scan: ListScan; readonly path: readonly string[] } | null = null;
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (list?.scan.isOpen) {
      places.push(...itemsOf(list.path, list.scan.take(content), line));
      continue;
    }
    const [, brackets, name] = header.exec(content) ?? [];
    if (name !== undefined) {
      table =
        brackets === "[["
          ? nextItem(name, { table, counts, rest: lines.slice(line) })
          : inside(table, partsOf(name));
      places.push({ line, path: table });
      continue;
    }
    const [given, key] = assignment.exec(content) ?? [];
    if (given === undefined || key === undefined) continue;
    const path = [...table, ...partsOf(key)];
    const value = content.slice(given.length).trimStart();
    list = value.startsWith("[") ? { scan: new ListScan(), path } : null;
    places.push({ line, path }, ...itemsOf(path, list?.scan.take(value) ?? [], line));
  }
  return places;
}

/** The items of a list that begin on a line. */
function itemsOf(list: readonly string[], items: readonly number[], line: number): Place[] {
  return items.map((item) => ({ line, path: [...list.slice(0, -1), `${list.at(-1)}[${item}]`] }));
}

/** The next item of a list of tables: of the root's, or, as `[[modes.search.widening]]`, of one inside an item. */
function nextItem(
  name: string,
  { table, counts, rest }: { table: readonly string[]; counts: Map<string, number>; rest: readonly string[] },
): readonly string[] {
  const parts = partsOf(name);
  const list = inside(table, parts);
  const key = list.join(".");
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return parts.length > 1 ? [...list.slice(0, -1), `${list.at(-1)}[${count}]`] : itemPath(name, count, rest);
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
