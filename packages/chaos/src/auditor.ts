import {
  applyEntry,
  brokenInvariants,
  createState,
  type KernelEvent,
  type MatchId,
  type PlayerId,
  type State,
} from "@matchforge/core";
import type { Log } from "@matchforge/stores";
import { entriesOf } from "matchforge";
import { chaosLimits } from "./limits.ts";

/** How a match ended by the log, and what each player got. */
export interface Ending {
  readonly kind: "settled" | "cancelled" | "voided";
  readonly reason: string;
  readonly winners: readonly PlayerId[];
  readonly paid: ReadonlyMap<PlayerId, bigint>;
}

/**
 * Reads the log as it grows, on a replica of its own, and knows what every other replica must know: it looks for
 * broken invariants and remembers how each ticket and match went.
 */
export class Auditor {
  readonly state: State = createState();
  readonly violations: string[] = [];
  readonly ticketsOf = new Map<PlayerId, number>();
  readonly endings = new Map<MatchId, Ending>();
  readonly blamed: string[] = [];
  readonly #log: Log;
  readonly #results = new Map<MatchId, { reason: string; winners: readonly PlayerId[] }>();
  readonly #timer: NodeJS.Timeout;
  #work: Promise<void> = Promise.resolve();

  constructor(log: Log) {
    this.#log = log;
    this.#timer = setInterval(() => void this.read(), 200);
  }

  /** Reads to the end of the log; a store that is away is asked again the next time. */
  read(): Promise<void> {
    this.#work = this.#work.then(() => this.#read());
    return this.#work;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const batches = await this.#log.read({ from: this.state.position + 1, limit: 500 });
        if (batches.length === 0) return;
        for (const batch of batches) for (const entry of entriesOf(batch)) this.#apply(entry);
      }
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code !== "STORE_UNAVAILABLE") this.violations.push(`the log cannot be read: ${message}`);
    }
  }

  #apply(entry: Parameters<typeof applyEntry>[1]): void {
    for (const event of applyEntry(this.state, entry)) this.#notice(event, entry.position);
    if (entry.position % chaosLimits.auditEveryEntries === 0) this.audit();
  }

  /** Looks at all invariants of the state as it stands. */
  audit(): void {
    for (const broken of brokenInvariants(this.state))
      this.violations.push(`after entry ${this.state.position}: invariant ${broken}`);
  }

  #notice(event: KernelEvent, position: number): void {
    switch (event.type) {
      case "ticket.queued":
        for (const player of event.players) this.ticketsOf.set(player, (this.ticketsOf.get(player) ?? 0) + 1);
        return;
      case "match.resolved": {
        const { endReason, winners } = event.result;
        if (this.#results.has(event.match))
          this.violations.push(`entry ${position}: ${event.match} has two results`);
        this.#results.set(event.match, { reason: endReason, winners });
        return;
      }
      case "match.settled": {
        const result = this.#results.get(event.match) ?? { reason: "none", winners: [] };
        return this.#end(event.match, { kind: "settled", ...result, paid: amountsOf(event.payouts) });
      }
      case "match.cancelled": {
        const { match, reason, offenders } = event;
        for (const { player } of offenders) this.blamed.push(`${player} in ${match}: ${reason}`);
        return this.#end(match, { kind: "cancelled", reason, winners: [], paid: new Map() });
      }
      case "match.voided": {
        const { match, reason, refunds } = event;
        return this.#end(match, { kind: "voided", reason, winners: [], paid: amountsOf(refunds) });
      }
      case "violation":
        this.violations.push(`entry ${position}: ${event.code} ${event.detail}`);
    }
  }

  #end(match: MatchId, ending: Ending): void {
    if (this.endings.has(match)) this.violations.push(`${match} ended twice`);
    this.endings.set(match, ending);
  }
}

function amountsOf(amounts: readonly { readonly player: PlayerId; readonly amount: bigint }[]) {
  return new Map(amounts.map(({ player, amount }) => [player, amount]));
}
