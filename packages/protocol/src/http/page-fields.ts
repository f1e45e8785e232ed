import { Type } from "typebox";
import { wireLimits } from "../limits.ts";

/** How many of something a page has at most; in the query of an address everything is text. */
export function pageLimit(what: string) {
  const { pageRowsMax } = wireLimits;
  return Type.Optional(
    Type.String({
      pattern: "^[1-9][0-9]{0,3}$",
      title: `whole number from 1 to ${pageRowsMax}`,
      description: `How many ${what} at most; without it ${pageRowsMax}.`,
    }),
  );
}

/** A place to go on from: made by the server, and given back as it was. */
export function pageCursor(description: string) {
  return Type.String({
    pattern: "^[!-~]{1,128}$",
    title: "text of 1 to 128 printable characters",
    description,
  });
}
