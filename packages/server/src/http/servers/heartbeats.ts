import { kernelLimits, type ServerId } from "@matchforge/core";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";

/** Which servers this node heard of: the log is told of all of them in one entry, at most once a second. */
export class Heartbeats {
  readonly #deps: Pick<HttpDeps, "clock" | "submit">;
  readonly #heard = new Map<ServerId, number>();
  #isPlanned = false;

  constructor(deps: Pick<HttpDeps, "clock" | "submit">) {
    this.#deps = deps;
  }

  /** A run of a server has said that it lives. */
  hear(server: ServerId, epoch: number): void {
    this.#heard.set(server, epoch);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#deps.clock.after(httpLimits.heartbeatsToldEveryMs, () => this.#tell());
  }

  #tell(): void {
    this.#isPlanned = false;
    const heard = [...this.#heard].map(([server, epoch]) => ({ server, epoch }));
    this.#heard.clear();
    for (let next = 0; next < heard.length; next += kernelLimits.serversPerEntry) {
      const servers = heard.slice(next, next + kernelLimits.serversPerEntry);
      void this.#deps.submit({ type: "server.alive", servers });
    }
  }
}
