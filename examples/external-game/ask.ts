import { setTimeout as pause } from "node:timers/promises";

/** A request to MatchForge. */
export interface Question {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** A server's token, or the credential of a match. */
  readonly token: string;
  readonly body?: unknown;
  /** How long the answer may take. */
  readonly withinMs?: number;
  /** Ends the question. */
  readonly signal?: AbortSignal;
}

/** What MatchForge said; `retryAfterMs` is null where asking again would change nothing. */
export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly code: string; readonly retryAfterMs: number | null };

const answerMs = 10_000;
const pauseMs = 250;
const pauseMsMax = 5_000;

/**
 * Asks until there is an answer. A request whose answer was lost is sent again: all that is asked here may arrive
 * twice, and the answer to the second says so by its code where it matters.
 *
 * @example
 * const registered = await ask<{ epoch: number }>(url, { method: "POST", path: "/api/v1/servers", token, body });
 */
export async function ask<Body>(url: string, question: Question): Promise<Answer<Body>> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await askOnce<Body>(url, question);
    if (answer.ok || answer.retryAfterMs === null) return answer;
    // Servers that lost MatchForge together do not come back in the same moment. Who is stopped in the pause hears it from
    // the next request.
    const grownMs = Math.min(pauseMsMax, pauseMs * 2 ** attempt) * (0.5 + Math.random());
    await pause(Math.max(answer.retryAfterMs, grownMs), undefined, signalOf(question)).catch(() => {});
  }
}

/** Asks once. Nothing is thrown: no answer is an answer, too. */
export async function askOnce<Body>(url: string, question: Question): Promise<Answer<Body>> {
  const { method, path, token, body, withinMs = answerMs, signal } = question;
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (body !== undefined) headers.set("content-type", "application/json");
  const inTime = AbortSignal.timeout(withinMs);
  try {
    const response = await fetch(new URL(path, url), {
      method,
      headers,
      signal: signal === undefined ? inTime : AbortSignal.any([inTime, signal]),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const said = text === "" ? null : JSON.parse(text);
    if (response.ok) return { ok: true, body: said as Body };
    const { code = `HTTP_${response.status}`, retry_after_ms = 0 } = Object(said);
    const isForNow = response.status === 429 || response.status >= 500;
    return { ok: false, code, retryAfterMs: isForNow ? retry_after_ms : null };
  } catch {
    if (signal?.aborted) return { ok: false, code: "ABORTED", retryAfterMs: null };
    return { ok: false, code: "UNREACHABLE", retryAfterMs: 0 };
  }
}

function signalOf({ signal }: Question) {
  return signal === undefined ? {} : { signal };
}
