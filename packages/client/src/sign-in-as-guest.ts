import type { GuestToken } from "@matchforge/protocol";

/**
 * Makes a guest, where the server takes guests.
 *
 * @throws Error with the server's problem document as its cause.
 * @example
 * const { token, player_id } = await signInAsGuest("http://127.0.0.1:8080");
 */
export async function signInAsGuest(baseUrl: string): Promise<GuestToken> {
  const url = new URL("/api/v1/auth/guest", baseUrl);
  const response = await fetch(url, { method: "POST" });
  const body: unknown = await response.json();
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}: guests cannot sign in here`, { cause: body });
  return body as GuestToken;
}
