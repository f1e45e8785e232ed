import type { PlayerId } from "@matchforge/core";
import type { FastifyRequest } from "fastify";
import type { AdminDeps } from "./admin-deps.ts";
import type { Refused } from "./admin-route.ts";

/** Whose request it is, if it is an operator's. */
export async function operatorOf(
  { headers: { authorization } }: FastifyRequest,
  { tokens }: Pick<AdminDeps, "tokens">,
): Promise<{ readonly actor: PlayerId } | Refused> {
  if (authorization === undefined)
    return { refusal: { code: "NOT_AUTHENTICATED", detail: "Send Authorization: Bearer and a token." } };
  const [, token] = /^Bearer +([!-~]+)$/i.exec(authorization) ?? [];
  if (token === undefined) return { refusal: { code: "INVALID_TOKEN", detail: "Send Bearer and a token." } };
  const verified = await tokens.verify(token);
  if (!verified.ok) return { refusal: { code: verified.code } };
  const { identity } = verified;
  if (identity.role !== "admin")
    return { refusal: { code: "FORBIDDEN", detail: "This takes a token of role admin." } };
  return { actor: identity.player };
}
