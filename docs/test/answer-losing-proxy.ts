import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A line to a server on which the first answer to each kind of request is lost: it was carried out, and nobody hears. */
export class AnswerLosingProxy {
  readonly #server: Server;
  readonly #lost = new Set<string>();

  private constructor(target: string) {
    this.#server = createServer((asked, answer) => this.#pass(asked, answer, target));
  }

  static async start(target: string): Promise<AnswerLosingProxy> {
    const proxy = new AnswerLosingProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The kinds of requests that lost an answer, as method and last word of the path. */
  get lost(): string[] {
    return [...this.#lost].sort();
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pass(asked: IncomingMessage, answer: ServerResponse, target: string): void {
    const { method = "", url = "", headers } = asked;
    const kind = `${method} ${url.split("?")[0]?.split("/").at(-1)}`;
    const onward = request(new URL(url, target), { method, headers }, (answered) => {
      if (this.#lost.has(kind)) {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
        return;
      }
      this.#lost.add(kind);
      answered.resume().on("end", () => answer.destroy());
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }
}
