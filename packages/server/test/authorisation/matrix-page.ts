import { type ActorName, actorNames, actors } from "./actors.ts";
import { type Situation, situations } from "./scenes.ts";
import type { Cell } from "./walk.ts";

/** Where the matrix is committed. */
export const matrixPath = new URL("../../../../docs/reference/authorisation.md", import.meta.url);

const intro = `<!-- Made by walking every route and message: see docs/spec/authorisation.md before changing a line. -->

# Who may do what, when

Each route of both listeners and each message of players, asked for as everybody in every situation that can matter, on a
real node. A cell has the code of the refusal; else the status, or the type of the reply. **Bold**: it changed a player,
ticket, match, party or server. What is not here is refused. [The rules](../spec/authorisation.md) say how this is held.
`;

/** The whole matrix, one table for each action, one line for all whom it answers alike. */
export function matrixPage(cells: readonly Cell[]): string {
  const byAction = Map.groupBy(cells, ({ action }) => action.name);
  const who = actorNames.map((name) => `- *${name}*: ${actors[name].is}`);
  const when = Object.entries(situations).map(([name, is]) => `- *${name}*: ${is}`);
  return [
    intro,
    `Who asks:\n\n${who.join("\n")}\n`,
    `When:\n\n${when.join("\n")}\n`,
    ...[...byAction].map(([name, group]) => `## ${name}\n\n${takerOf(group)}\n\n${tableOf(group)}\n`),
  ].join("\n");
}

/** Whose token a route's definition names; a message is taken of whoever is signed in, but for the one that does so. */
function takerOf([first]: readonly Cell[]): string {
  const means = first?.action.means;
  if (means?.by === "http") return `Roles: ${means.route.roles.join(", ")}.`;
  return `Roles: ${means?.type === "auth" ? "anyone" : "player"}.`;
}

function tableOf(cells: readonly Cell[]): string {
  const columns = [...new Set(cells.map(({ situation }) => situation))];
  const lines = Map.groupBy(actorNames, (actor) => lineOf(cells, { actor, columns }));
  return [
    `| who | ${columns.join(" | ")} |`,
    `| --- | ${columns.map(() => "---").join(" | ")} |`,
    ...[...lines].map(([line, group]) => `| ${group.join(", ")} | ${line} |`),
  ].join("\n");
}

function lineOf(
  cells: readonly Cell[],
  { actor, columns }: { readonly actor: ActorName; readonly columns: readonly Situation[] },
): string {
  const own = cells.filter((cell) => cell.actor === actor);
  return columns.map((column) => textOf(own.find(({ situation }) => situation === column))).join(" | ");
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return "?";
  const { outcome, hasChanged } = cell;
  const text = cell.isRefused || /^\d/.test(outcome) ? outcome : `\`${outcome}\``;
  return hasChanged ? `**${text}**` : text;
}
