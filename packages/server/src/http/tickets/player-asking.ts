import assert from "node:assert/strict";
import type { PlayerIdentity } from "../../auth/tokens.ts";
import type { Actor } from "../serve-routes.ts";

/** The player who asks, on a route that takes no other token. */
export function playerAsking({ actor }: { readonly actor: Actor }): PlayerIdentity {
  assert.ok("player" in actor, "a route of players was asked by somebody else");
  return actor;
}
