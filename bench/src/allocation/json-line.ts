import { Agent, request } from "node:http";
import { json } from "node:stream/consumers";

/** What was answered; a body of null where there was none. */
export interface JsonAnswer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Requests with JSON bodies from an address of their own, because a server bounds requests per address. */
export class JsonLine {
  readonly #port: number;
  readonly #agent: Agent;

  constructor({ port, localAddress }: { readonly port: number; readonly localAddress: string }) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, localAddress });
  }

  /** @throws Error when there is no answer. */
  ask<Body>(
    method: string,
    path: string,
    { token, body }: { readonly token: string; readonly body?: unknown },
  ): Promise<JsonAnswer<Body>> {
    const text = body === undefined ? null : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(text !== null && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const asked = request({
        host: "127.0.0.1",
        port: this.#port,
        agent: this.#agent,
        method,
        path,
        headers,
      });
      asked.on("error", reject);
      asked.on("response", (response) => {
        const { statusCode: status = 0 } = response;
        if (status === 204) {
          response.resume();
          resolve({ status, body: null as Body });
        } else json(response).then((said) => resolve({ status, body: said as Body }), reject);
      });
      asked.end(text ?? undefined);
    });
  }

  /** Cuts all its connections. */
  close(): void {
    this.#agent.destroy();
  }
}
