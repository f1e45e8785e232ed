import { kernelLimits, type ServerId } from "@matchforge/core";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import { isListed } from "./server-views.ts";

/** Which servers this node heard of: the log is told of all of them in one entry, at most once a second. */
export class Heartbeats {
  readonly #deps: Pick<HttpDeps, "clock" | "state" | "submit">;
  readonly #heard = new Map<ServerId, number>();
  #isPlanned = false;

  constructor(deps: Pick<HttpDeps, "clock" | "state" | "submit">) {
    this.#deps = deps;
  }

  /** A run of a server has said that it lives. One of the list in the settings is there as long as it is listed. */
  hear(server: ServerId, epoch: number): void {
    const known = this.#deps.state().servers.get(server);
    if (known !== undefined && isListed(known)) return;
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
