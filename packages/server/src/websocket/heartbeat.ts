import { wireLimits } from "@matchforge/protocol";
import type { GatewayDeps } from "./ports.ts";
import type { Connection } from "./socket/connection.ts";

const sweepEveryMs = 250;
/** A found match is confirmed by the answer to an extra ping, unless the client accepts sooner. */
const confirmAfterMs = 1_000;

/** Looks at every connection a few times a second: who has not signed in, who is silent, who is due a ping. */
export class Heartbeat {
  readonly #deps: GatewayDeps;
  readonly #connections: ReadonlySet<Connection>;
  readonly #idleMs: () => number;
  #cancel: () => void = () => {};

  constructor(options: {
    readonly deps: GatewayDeps;
    readonly connections: ReadonlySet<Connection>;
    readonly idleMs: () => number;
  }) {
    this.#deps = options.deps;
    this.#connections = options.connections;
    this.#idleMs = options.idleMs;
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
    const isStale = this.#idleMs() > wireLimits.staleReplicaClosesAfterMs;
    for (const connection of this.#connections) {
      if (isStale) connection.close("serviceRestart");
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
    if (pingedAt !== null) {
      if (now - pingedAt < wireLimits.pongTimeoutMs) return;
      connection.close("pongMissing");
      return connection.terminate();
    }
    if (session.unconfirmed !== null && connection.nextPingAt > now + confirmAfterMs) {
      connection.nextPingAt = now + confirmAfterMs;
    }
    if (now < connection.nextPingAt) return;
    session.pingedEvent = session.lastEvent;
    connection.ping(now);
  }
}
