import {
  allocationKeyOf,
  type Command,
  createState,
  defineMode,
  defineRules,
  type MatchId,
  noQuality,
  type State,
  supportedLevels,
  type TicketId,
} from "@matchforge/core";
import { KnownServers, Replica, type ServerAllocator, type Submit } from "../src/index.ts";
import { allocatorConformance, type OpenAllocator } from "../src/servers/conformance.ts";

const rules = defineRules({
  modes: [
    defineMode({
      id: "hosted",
      requires: ["server"],
      readyCheckMs: null,
      search: {
        widening: { kind: "steps", steps: [{ afterMs: 0, gap: Number.POSITIVE_INFINITY }] },
        avoidRematch: null,
      },
    }),
  ],
});

/** A kernel whose log is the order of the calls, with one server, and a match for whatever is asked. */
class Books {
  readonly state: State = createState();
  readonly #replica = new Replica({ state: this.state });

  constructor({ allocator, capacity }: { readonly allocator: string; readonly capacity: number }) {
    const offer = { address: "203.0.113.7:7777", region: null, capacity, labels: {} };
    this.apply({ type: "node.up", levels: supportedLevels });
    this.apply({ type: "node.lead" });
    this.apply({ type: "kernel.level", term: this.state.term, level: 3 });
    this.apply({ type: "rules.configure", rules });
    this.apply({ type: "epoch.open", term: this.state.term, number: 1, hash: "00".repeat(32) });
    this.apply({ type: "server.up", server: "server_1", allocator, instance: "1", offer, isHeard: false });
  }

  apply(command: Command) {
    return this.#replica.apply({ position: this.state.position + 1, at: 1_000, node: "a/1", command });
  }

  readonly submit: Submit = async (command) => {
    const events = this.apply(command);
    return { ok: true, position: this.state.position, events };
  };

  /** The match that a request is for asks for its server. */
  begin(match: MatchId): void {
    if (this.state.matches.has(match)) return;
    const teams = ["a", "b"].map((name): TicketId[] => {
      const player = `player_${match}_${name}` as const;
      const ticket: TicketId = `ticket_${match}_${name}`;
      this.apply({ type: "player.connected", player, node: "a/1", guest: true });
      const pools = [{ mode: "hosted", tier: null }];
      const own = { ticket, player, members: [player], party: null, pools };
      this.apply({ type: "ticket.enqueue", ...own, draw: 0, secretEpoch: 1 });
      return [ticket];
    });
    const { term, rulesVersion } = this.state;
    const proposal = { quality: noQuality, secretEpoch: 1, commitment: null };
    this.apply({ type: "matcher.propose", term, match, pool: "hosted", rulesVersion, teams, ...proposal });
  }

  end(match: MatchId): void {
    this.apply({ type: "match.close", match, reason: "it is over" });
  }

  held(key: string): number {
    const on = [...this.state.servers.values()].flatMap(({ matches }) => matches);
    return on.filter((match) => {
      const attempt = this.state.matches.get(match)?.allocation?.attempt ?? 0;
      return allocationKeyOf(match, attempt) === key;
    }).length;
  }

  heldInAll(): number {
    return [...this.state.servers.values()].reduce((sum, { matches }) => sum + matches.length, 0);
  }
}

for (const name of ["registry", "static"] as const) {
  allocatorConformance({
    name,
    canFail: false,
    async open({ capacity }): Promise<OpenAllocator> {
      const books = new Books({ allocator: name, capacity });
      const known = new KnownServers({ name, submit: books.submit, state: () => books.state });
      // Its places come and go with matches: who asks has one, and who releases has come to its end.
      const allocator: ServerAllocator = {
        name,
        allocate(request) {
          books.begin(request.match);
          return known.allocate(request);
        },
        release(request) {
          books.end(request.match);
          return known.release(request);
        },
        close: () => known.close(),
      };
      return {
        allocator,
        held: (key) => books.held(key),
        heldInAll: () => books.heldInAll(),
        end: () => known.close(),
      };
    },
  });
}
