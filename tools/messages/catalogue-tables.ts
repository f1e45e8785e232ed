import {
  closeCodes,
  errorFamilies,
  limitNotes,
  type MatchState,
  matchStates,
  sessionStateOfMatch,
  type WireLimit,
  wireLimits,
} from "../../packages/protocol/src/index.ts";
import { table } from "./markdown.ts";

/** The error catalogue, a table for each family. */
export function errorTables(): string {
  return Object.entries(errorFamilies)
    .map(([family, errors]) => {
      const rows = Object.entries(errors).map(([code, { httpStatus, retryable, happened, whatToDo }]) => [
        `\`${code}\``,
        String(httpStatus),
        retryable ? "yes" : "no",
        happened,
        whatToDo,
      ]);
      return `### ${family}\n\n${table(["code", "HTTP", "retry", "what happened", "what to do"], rows)}`;
    })
    .join("\n\n");
}

/** The close codes of the socket. */
export function closeCodeTable(): string {
  const rows = Object.entries(closeCodes).map(([name, { code, happened, afterClose }]) => [
    String(code),
    name,
    happened,
    afterClose,
  ]);
  return table(["code", "name", "what happened", "then"], rows);
}

/** The limits of the wire. */
export function limitTable(): string {
  const rows = (Object.keys(wireLimits) as WireLimit[]).map((limit) => [
    `\`${limit}\``,
    wireLimits[limit].toLocaleString("en-US"),
    limitNotes[limit].bounds,
    limitNotes[limit].outcome,
  ]);
  return table(["limit", "value", "bounds", "at the limit"], rows);
}

/** What a player in a match of each state is doing. */
export function stateTable(): string {
  const row = (state: MatchState) => [`\`${state}\``, `\`${sessionStateOfMatch[state]}\``];
  return table(["match", "session of its players"], matchStates.map(row));
}
