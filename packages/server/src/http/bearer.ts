import type { PlayerId } from "@matchforge/core";
import type { FastifyRequest } from "fastify";
import type { HttpDeps } from "./http-deps.ts";
import type { Refusal } from "./problems.ts";

/** Whose token came with a request, null for none at all; or why it is not taken. */
export type Bearer =
  | { readonly ok: true; readonly player: PlayerId | null }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads who asks from `Authorization: Bearer`. A token that is not valid is refused: whoever sends one wants to be
 * known, and would take what a stranger is shown for the whole truth.
 */
export async function bearerOf(
  { headers: { authorization } }: FastifyRequest,
  { tokens }: Pick<HttpDeps, "tokens">,
): Promise<Bearer> {
  if (authorization === undefined) return { ok: true, player: null };
  const [, token] = /^Bearer +([!-~]+)$/i.exec(authorization) ?? [];
  if (token === undefined)
    return { ok: false, refusal: { code: "INVALID_TOKEN", detail: "Send Bearer and a token." } };
  const verified = await tokens.verify(token);
  // A game server is no player: where players are told more, it is a stranger.
  if (verified.ok)
    return { ok: true, player: verified.identity.role === "server" ? null : verified.identity.player };
  return { ok: false, refusal: { code: verified.code } };
}
