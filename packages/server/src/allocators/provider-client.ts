import { errors, Pool } from "undici";
import { AllocatorError } from "./allocator-error.ts";
import type { AllocatorLimits } from "./limits.ts";
import type { TokenFile } from "./token-file.ts";

/** Where a provider is reached, and how it knows us. */
export interface ProviderPlace {
  /** As problems call it. */
  readonly name: string;
  readonly url: URL;
  readonly token: TokenFile | null;
  /** Authorities that vouch for it, as PEM; null: those everybody trusts. */
  readonly ca: string | null;
  readonly answerBytesMax: number;
  readonly limits: AllocatorLimits;
}

/** One request. */
export interface ProviderRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** What came back, whatever its status. */
export interface ProviderResponse {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Failures before anything was sent. */
const beforeSending: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Connections to one provider, kept open. Follows no redirect and takes no answer that is too long. */
export class ProviderClient {
  readonly #place: ProviderPlace;
  readonly #pool: Pool;

  constructor(place: ProviderPlace) {
    this.#place = place;
    const { url, ca, answerBytesMax, limits } = place;
    this.#pool = new Pool(url.origin, {
      // Allocations and releases have as many turns each.
      connections: 2 * limits.atOnce,
      allowH2: false,
      maxResponseSize: answerBytesMax,
      connect: { timeout: limits.connectMs, ...(ca !== null && { ca }) },
    });
  }

  /**
   * Sends a request and reads its answer to the end.
   *
   * @throws AllocatorError `TOKEN_UNREADABLE`, `PROVIDER_UNREACHABLE`, both before anything was sent,
   *   `PROVIDER_TIMEOUT`, `PROVIDER_FAILED` or `ANSWER_UNREADABLE`.
   */
  async send(request: ProviderRequest): Promise<ProviderResponse> {
    const { token, limits } = this.#place;
    const bearer = token === null ? null : await token.read();
    const timeout = AbortSignal.timeout(limits.requestMs);
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: request.method,
        path: request.path,
        headers: {
          accept: "application/json, application/problem+json;q=0.9",
          ...(request.body !== undefined && { "content-type": "application/json" }),
          ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
          ...request.headers,
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: AbortSignal.any([timeout, request.signal]),
      });
      const contentType = [headers["content-type"]].flat().join();
      return { status: statusCode, contentType, text: await body.text() };
    } catch (cause) {
      throw this.#failure(cause, { timeout, signal: request.signal });
    }
  }

  /** Cuts what is still open. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #failure(
    cause: unknown,
    { timeout, signal }: { timeout: AbortSignal; signal: AbortSignal },
  ): AllocatorError {
    const { name, url, limits, answerBytesMax } = this.#place;
    const failed = (code: AllocatorError["code"], what: string) =>
      new AllocatorError(code, `${name} at ${url.host} ${what}.`, { cause });
    if (signal.aborted && signal.reason instanceof AllocatorError) return signal.reason;
    if (signal.aborted) return failed("PROVIDER_TIMEOUT", "was not done by the end of the allocation");
    if (timeout.aborted) return failed("PROVIDER_TIMEOUT", `has not answered within ${limits.requestMs} ms`);
    if (cause instanceof errors.ResponseExceededMaxSizeError)
      return failed("ANSWER_UNREADABLE", `answers with more than ${answerBytesMax} bytes`);
    const code = (cause as NodeJS.ErrnoException | null)?.code;
    if (beforeSending.has(code)) return failed("PROVIDER_UNREACHABLE", `cannot be reached (${code})`);
    return failed("PROVIDER_FAILED", `broke off (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}
