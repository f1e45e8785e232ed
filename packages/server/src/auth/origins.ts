/**
 * Whether a page may open a socket here: programs send no origin, the server's own pages send its host,
 * other pages must be listed.
 *
 * @example
 * const mayConnect = originCheck(["https://play.example"]);
 * mayConnect(request.headers.origin, request.headers.host);
 */
export function originCheck(
  allowed: readonly string[],
): (origin: string | undefined, host: string | undefined) => boolean {
  const listed = new Set(allowed);
  return (origin, host) => {
    if (origin === undefined || listed.has(origin)) return true;
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  };
}
