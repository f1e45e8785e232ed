import { decide, type KernelEvent, type Refused } from "@matchforge/core";
import { wireLimits } from "@matchforge/protocol";
import type { Outcome } from "matchforge";
import type { GatewayDeps } from "../ports.ts";
import type { Session } from "../session.ts";
import { type CommandMessage, commandFor } from "./commands.ts";
import { sendSuccess } from "./send-success.ts";

/** When to try again what this node could not take on. */
const retryMs = 1_000;

/**
 * A player's requests, one in the log at a time and in the order they came. What this node's own replica
 * already refuses is refused without asking the log.
 */
export class CommandQueue {
  readonly #deps: GatewayDeps;
  readonly #session: Session;
  readonly #waiting: CommandMessage[] = [];
  #inFlight = false;

  constructor(deps: GatewayDeps, session: Session) {
    this.#deps = deps;
    this.#session = session;
  }

  take(message: CommandMessage): void {
    if (!this.#inFlight) return this.#startSafely(message);
    if (this.#waiting.length < wireLimits.commandsWaitingMax) this.#waiting.push(message);
    else this.#session.connection.refuse("TOO_MANY_IN_FLIGHT", message.id, { retryAfterMs: retryMs });
  }

  /** A bug met on the way is this request's misfortune and nobody else's. */
  #startSafely(message: CommandMessage): void {
    try {
      this.#start(message);
    } catch (error) {
      this.#deps.logger.error({ error, type: message.type }, "a request could not be carried out");
      this.#session.connection.refuse("INTERNAL_ERROR", message.id);
    }
  }

  #start(message: CommandMessage): void {
    const { node } = this.#deps;
    const { connection, epoch, player } = this.#session;
    if (node.state.players.get(player)?.epoch !== epoch) return connection.refuse("STALE_EPOCH", message.id);
    const command = commandFor(this.#deps, this.#session, message);
    if (typeof command === "string") return connection.refuse(command, message.id);
    const { position, at } = node.state;
    const refused = refusalIn(decide(node.state, { position: position + 1, at, node: node.key, command }));
    if (refused !== undefined) return this.#refuse(message, refused);
    this.#inFlight = true;
    void node.submit(command).then((outcome) => {
      this.#inFlight = false;
      try {
        this.#answer(message, outcome);
      } catch (error) {
        this.#deps.logger.error({ error, type: message.type }, "a request could not be answered");
        this.#session.connection.refuse("INTERNAL_ERROR", message.id);
      }
      for (let next = this.#next(); next !== undefined; next = this.#next()) this.#startSafely(next);
    });
  }

  #next(): CommandMessage | undefined {
    return this.#inFlight ? undefined : this.#waiting.shift();
  }

  #answer(message: CommandMessage, outcome: Outcome): void {
    if (!outcome.ok)
      return this.#session.connection.refuse(outcome.code, message.id, { retryAfterMs: retryMs });
    const refused = refusalIn(outcome.events);
    if (refused === undefined) sendSuccess(this.#deps, this.#session, message);
    else this.#refuse(message, refused);
  }

  /** A request carried out before is answered as it would be now; everything else is told why not. */
  #refuse(message: CommandMessage, refused: Refused): void {
    if (refused.code === "REPEATED") return sendSuccess(this.#deps, this.#session, message);
    const { until } = refused;
    const retry = until === undefined ? {} : { retryAfterMs: until - this.#deps.node.shardTime() };
    this.#session.connection.refuse(refused.code, message.id, retry);
  }
}

function refusalIn(events: readonly KernelEvent[]): Refused | undefined {
  return events.find((event): event is Refused => event.type === "refused");
}
