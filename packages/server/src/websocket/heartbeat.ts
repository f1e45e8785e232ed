import { wireLimits } from "@matchforge/protocol";
import type { GatewayDeps } from "./ports.ts";
import type { Connection } from "./socket/connection.ts";
import type { Staleness } from "./staleness.ts";

const sweepEveryMs = 250;

/** Looks at every connection a few times a second: who has not signed in, who is silent, who is due a ping. */
export class Heartbeat {
  readonly #deps: GatewayDeps;
  readonly #connections: ReadonlySet<Connection>;
  readonly #staleness: Staleness;
  #cancel: () => void = () => {};

  constructor(options: {
    readonly deps: GatewayDeps;
    readonly connections: ReadonlySet<Connection>;
    readonly staleness: Staleness;
  }) {
    this.#deps = options.deps;
    this.#connections = options.connections;
    this.#staleness = options.staleness;
  }

  start(): void {
    this.#cancel = this.#deps.clock.after(sweepEveryMs, () => {
      this.#sweep();
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }

  #sweep(): void {
    const now = this.#deps.clock.now();
    const sleptMs = this.#staleness.look(now);
    for (const connection of this.#connections) {
      if (sleptMs > 0) connection.forgive(sleptMs);
      if (this.#staleness.closes) connection.close("serviceRestart");
      else this.#look(connection, now);
    }
  }

  #look(connection: Connection, now: number): void {
    const { session, pingedAt } = connection;
    if (session === null) {
      if (connection.isSigningIn || now - connection.connectedAt < wireLimits.authTimeoutMs) return;
      connection.refuse("AUTH_TIMEOUT", "");
      return connection.close("notAuthenticated");
    }
    if (this.#deps.wallClock() >= session.identity.expiresAt) {
      connection.refuse("TOKEN_EXPIRED", "");
      return connection.close("notAuthenticated");
    }
    if (pingedAt !== undefined) {
      if (now - pingedAt < wireLimits.pongTimeoutMs) return;
      connection.close("pongMissing");
      return connection.terminate();
    }
    if (now >= connection.nextPingAt) connection.ping(now);
  }
}
