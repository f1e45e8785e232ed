import { type Command, type KernelEvent, levelOfServers, type ServerId, type State } from "@matchforge/core";
import type { Submit } from "../ports.ts";
import type { ListedServer } from "./server-sources.ts";

/**
 * Brings the servers of the leader's list into the shard, and takes those out that are not on it. A server that still
 * plays and is not on the list any more takes no new matches, and goes with its last one.
 */
export class ListedServers {
  readonly #options: ListedServersOptions;
  #led = false;
  /** The shard is to be compared with the list: the lead is new, or the store was away when something was said. */
  #isDue = false;

  constructor(options: ListedServersOptions) {
    this.#options = options;
  }

  /** Called after every applied entry. */
  applied(events: readonly KernelEvent[]): void {
    const { leads, state, listed } = this.#options;
    const isNew = leads() && !this.#led;
    this.#led = leads();
    if (!this.#led || state().level < levelOfServers) return;
    if (isNew || events.some(({ type }) => type === "kernel.level")) this.#isDue = true;
    if (this.#isDue) {
      this.#isDue = false;
      for (const server of listed) this.#bring(server);
      this.#takeOut();
    } else if (events.some(({ type }) => freesServers.has(type))) this.#takeOut();
  }

  #say(command: Command): void {
    void this.#options.submit(command).then(({ ok }) => {
      if (!ok) this.#isDue = true;
    });
  }

  #bring({ name, offer }: ListedServer): void {
    const server = idOf(name);
    const known = this.#options.state().servers.get(server);
    if (known === undefined || !isSame(known.offer, offer))
      this.#say({ type: "server.up", server, allocator, instance, offer, isHeard: false });
    if (known?.draining) this.#say({ type: "server.drain", server, epoch: known.epoch, draining: false });
  }

  #takeOut(): void {
    const { state, listed } = this.#options;
    const kept = new Set(listed.map(({ name }) => idOf(name)));
    for (const { id, allocator: source, epoch, draining, matches } of state().servers.values()) {
      if (source !== allocator || kept.has(id)) continue;
      if (matches.length === 0) this.#say({ type: "server.down", server: id, epoch });
      else if (!draining) this.#say({ type: "server.drain", server: id, epoch, draining: true });
    }
  }
}

const allocator = "static";
const instance = "listed";
const freesServers: ReadonlySet<KernelEvent["type"]> = new Set([
  "match.resolved",
  "match.cancelled",
  "match.voided",
]);

function idOf(name: string): ServerId {
  return `server_${name}`;
}

function isSame(left: ListedServer["offer"], right: ListedServer["offer"]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

interface ListedServersOptions {
  readonly state: () => State;
  readonly leads: () => boolean;
  readonly submit: Submit;
  readonly listed: readonly ListedServer[];
}
