import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorCode, problemDetails, problemMediaType } from "@matchforge/protocol";

/** What the path of an upgrade says: `/ws`, or `/ws/{player_id}`. Undefined for any other path. */
export function upgradePath(url: string | undefined): { readonly player: string | null } | undefined {
  const found = /^\/ws(?:\/([!-~]{1,64}))?\/?$/.exec((url ?? "").split("?")[0]);
  if (found === null) return undefined;
  return { player: found[1] ?? null };
}

/** Answers an upgrade with a problem document and ends the connection. */
export function refuseUpgrade(stream: Duplex, code: ErrorCode): void {
  const problem = problemDetails(code);
  const body = JSON.stringify(problem);
  // Nobody else listens to this stream: a reset by the other end would bring the process down.
  stream.on("error", () => stream.destroy());
  stream.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n` +
      `Connection: close\r\nContent-Type: ${problemMediaType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
