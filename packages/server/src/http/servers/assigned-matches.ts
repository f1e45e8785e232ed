import type { Writable } from "node:stream";
import {
  contentHash,
  contentHashText,
  emptyContentHash,
  type GameServer,
  type KernelEvent,
  type Match,
  type MatchId,
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
  /** Whose question is about a match: the asker knows that it is to play it. */
  readonly #askers = new Map<MatchId, ServerId>();

  constructor(deps: Deps, heartbeats: Heartbeats) {
    this.#deps = deps;
    this.#heartbeats = heartbeats;
    deps.onApplied((_entry, events) => {
      if (this.#waiting.size === 0) return;
      for (const event of events) {
        const concerned = this.#concernedBy(event);
        if (concerned !== undefined) this.#waiting.get(concerned)?.look();
      }
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
    { id, epoch, matches }: GameServer,
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
        for (const match of matches) this.#askers.delete(match);
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
      for (const match of matches) this.#askers.set(match, id);
      beat();
      look();
      if (asker.closed) end();
    });
  }

  /** The server whose list an event may change: thousands wait, and few are concerned. */
  #concernedBy(event: KernelEvent): ServerId | undefined {
    switch (event.type) {
      case "match.allocated":
      case "server.up":
      case "server.lost":
        return event.server;
      case "match.ready":
      case "match.started":
      case "match.cancelled":
      case "match.resolved":
      case "match.voided":
        return this.#askers.get(event.match);
    }
  }

  #matchesOf({ matches }: GameServer): Match[] {
    return matches.flatMap((id) => this.#deps.state().matches.get(id) ?? []);
  }
}

function versionOf(matches: readonly Match[]): string {
  const text = matches
    .map(({ id, phase, allocation }) => `${id} ${allocation?.attempt} ${phase.state}`)
    .join();
  return contentHashText(contentHash(emptyContentHash, text));
}
