import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";

/** Where a game server is, in the game's own words. */
export const serverAddress = Type.String({
  pattern: "^[ -~]{1,256}$",
  title: "address of 1 to 256 visible ASCII characters",
  description: "Where the game server is, in the game's own words.",
});

/** A match ticket as its player holds it. */
export const matchTicketText = Type.String({
  minLength: 1,
  maxLength: wireLimits.tokenLengthMax,
  title: "match ticket",
  description:
    "A signed pass to the game server, for this player and match, good once; null once it was redeemed or has expired.",
});
