import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";

interface IggyRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
}

/** What Iggy answered; the body is JSON, or nothing. */
interface IggyAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Speaks to an Iggy over HTTP, signed in as the user that its address names. */
export class IggyClient {
  /** For messages: without the password. */
  readonly place: string;
  readonly #url: URL;
  readonly #closed = new AbortController();
  #token: string | null = null;

  constructor(url: string) {
    this.#url = new URL(url);
    this.place = `Iggy at ${this.#url.origin}`;
  }

  /**
   * What a request answers that succeeds, or that names something Iggy does not have, which is undefined.
   *
   * @throws StoreError `STORE_UNAVAILABLE` for every other answer, and where there is none.
   */
  async ask(request: IggyRequest): Promise<unknown> {
    let answer = await this.#send(request);
    // A token lasts for an hour.
    if (answer.status === 401) {
      this.#token = null;
      answer = await this.#send(request);
    }
    if (answer.status === 404) return undefined;
    return this.#unlessRefused(answer);
  }

  close(): void {
    this.#closed.abort();
  }

  async #send(request: IggyRequest): Promise<IggyAnswer> {
    this.#token ??= await this.#signIn();
    return this.#fetch(request, { authorization: `Bearer ${this.#token}` });
  }

  async #signIn(): Promise<string> {
    const { username, password } = this.#url;
    const user = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    const answer = await this.#fetch(
      { method: "POST", path: "/users/login", body: JSON.stringify(user) },
      {},
    );
    const { access_token } = this.#unlessRefused(answer) as {
      readonly access_token: { readonly token: string };
    };
    return access_token.token;
  }

  async #fetch({ method, path, body }: IggyRequest, headers: Record<string, string>): Promise<IggyAnswer> {
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(storeLimits.iggyAnswerMs)]);
    try {
      const response = await fetch(new URL(path, this.#url.origin), {
        method,
        headers: { ...headers, "content-type": "application/json" },
        signal,
        redirect: "error",
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    } catch (error) {
      throw this.#unavailable(reasonOf(error), error);
    }
  }

  #unlessRefused({ status, body }: IggyAnswer): unknown {
    if (status >= 200 && status < 300) return body;
    const { reason } = (body ?? {}) as { readonly reason?: string };
    throw this.#unavailable(reason ?? `it answers ${status}`);
  }

  #unavailable(reason: string, cause?: unknown): StoreError {
    return new StoreError("STORE_UNAVAILABLE", `${this.place} cannot be used (${reason}).`, { cause });
  }
}

/** What `fetch` means is in the cause of what it throws. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
