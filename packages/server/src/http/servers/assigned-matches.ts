import type { Writable } from "node:stream";
import {
  contentHash,
  contentHashText,
  emptyContentHash,
  type GameServer,
  type KernelEvent,
  type Match,
  type ServerId,
} from "@matchforge/core";
import type { HttpDeps } from "../http-deps.ts";
import { httpLimits } from "../limits.ts";
import type { Heartbeats } from "./heartbeats.ts";
import { rosterOf } from "./server-views.ts";

type Deps = Pick<HttpDeps, "state" | "passes" | "onApplied" | "clock">;

/** Tells servers what they are to play, at once when there is something new. */
export class AssignedMatches {
  readonly #deps: Deps;
  readonly #heartbeats: Heartbeats;
  /** The question of each server that waits: a newer one ends it. */
  readonly #waiting = new Map<ServerId, { readonly look: () => void; readonly end: () => void }>();

  constructor(deps: Deps, heartbeats: Heartbeats) {
    this.#deps = deps;
    this.#heartbeats = heartbeats;
    deps.onApplied((_entry, events) => {
      if (this.#waiting.size > 0 && events.some(({ type }) => changesLists.has(type)))
        for (const { look } of [...this.#waiting.values()]) look();
    });
  }

  /** What a server is to play. */
  async listOf(server: GameServer) {
    const matches = this.#matchesOf(server);
    return {
      server_id: server.id,
      epoch: server.epoch,
      version: versionOf(matches),
      matches: await Promise.all(
        matches.map(async (match) => {
          const { id, allocation } = match;
          const credential = await this.#deps.passes.credentialFor({
            match: id,
            attempt: allocation?.attempt ?? 0,
          });
          return { ...rosterOf(match), credential };
        }),
      ),
    };
  }

  /**
   * Resolves when a server's list is another than a version, when the server is given up or asks anew, when the time is
   * over, and when nobody is there any more to hear it: only as long as its question stands a server lives.
   */
  changed(
    { id, epoch }: GameServer,
    { since, waitMs, asker }: { readonly since: string; readonly waitMs: number; readonly asker: Writable },
  ): Promise<void> {
    const { state, clock } = this.#deps;
    this.#waiting.get(id)?.end();
    return new Promise((resolve) => {
      let cancelBeat: () => void = () => {};
      const beat = () => {
        this.#heartbeats.hear(id, epoch);
        cancelBeat = clock.after(httpLimits.serverHeartbeatEveryMs, beat);
      };
      const end = () => {
        cancelTimer();
        cancelBeat();
        asker.off("close", end);
        if (this.#waiting.get(id) === question) this.#waiting.delete(id);
        resolve();
      };
      const look = () => {
        const server = state().servers.get(id);
        if (server?.epoch !== epoch || versionOf(this.#matchesOf(server)) !== since) end();
      };
      const question = { look, end };
      const cancelTimer = clock.after(waitMs, end);
      asker.once("close", end);
      this.#waiting.set(id, question);
      beat();
      look();
      if (asker.closed) end();
    });
  }

  #matchesOf({ matches }: GameServer): Match[] {
    return matches.flatMap((id) => this.#deps.state().matches.get(id) ?? []);
  }
}

const changesLists: ReadonlySet<KernelEvent["type"]> = new Set([
  "match.allocated",
  "match.ready",
  "match.started",
  "match.cancelled",
  "match.resolved",
  "match.voided",
  "server.up",
  "server.lost",
]);

function versionOf(matches: readonly Match[]): string {
  const text = matches
    .map(({ id, phase, allocation }) => `${id} ${allocation?.attempt} ${phase.state}`)
    .join();
  return contentHashText(contentHash(emptyContentHash, text));
}
