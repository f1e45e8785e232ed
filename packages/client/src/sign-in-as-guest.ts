import { type GuestToken, isErrorCode, type ProblemDetails } from "@matchforge/protocol";
import { RequestError } from "./request-error.ts";

/**
 * Makes a guest, where the server takes guests; of the shard of a region, if one is given. The answer's `url` tells
 * where that shard is; null: at the address that was asked.
 *
 * @throws RequestError with the code of the server's problem document, which is its cause; `UNREACHABLE` when
 * nobody answers, or somebody else than a MatchForge server.
 * @example
 * const { token, player_id } = await signInAsGuest("http://127.0.0.1:8080");
 */
export async function signInAsGuest(
  baseUrl: string,
  { region }: { readonly region?: string } = {},
): Promise<GuestToken> {
  const url = new URL("/api/v1/auth/guest", baseUrl);
  if (region !== undefined) url.searchParams.set("region", region);
  const { isOk, body } = await post(url);
  if (isOk) return body as GuestToken;
  const { code, detail, title, retry_after_ms: retryAfterMs } = body as Partial<ProblemDetails>;
  if (code === undefined || !isErrorCode(code)) throw new RequestError("UNREACHABLE", { cause: body });
  const message = `${url} cannot sign a guest in: ${detail ?? title ?? code}`;
  throw new RequestError(code, {
    message,
    cause: body,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

async function post(url: URL): Promise<{ isOk: boolean; body: object }> {
  try {
    const response = await fetch(url, { method: "POST" });
    return { isOk: response.ok, body: Object(await response.json()) };
  } catch (cause) {
    throw new RequestError("UNREACHABLE", { message: `No MatchForge server answered at ${url}`, cause });
  }
}
