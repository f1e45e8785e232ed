import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { FaultChances, ProviderFault } from "matchforge/allocator-conformance";

/** What a provider would answer. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: unknown;
}

/** A late request is carried out up to so long after it was given up. */
export const lateMsMax = 80;
const kinds = ["fails", "late", "lost", "garbled"] as const;

/** The faults of a provider that stands in for a real one: in an order, or by chance from a seed. */
export class ProviderFaults {
  readonly #next: ProviderFault[] = [];
  #chances: FaultChances | null = null;
  #draws = 0;
  #late = 0;
  #held: { readonly arrived: () => void; readonly letGo: Promise<void> } | null = null;

  /** What happens to the next requests, in order. */
  next(...faults: readonly ProviderFault[]): void {
    this.#next.push(...faults);
  }

  byChance(chances: FaultChances): void {
    this.#chances = chances;
    this.#draws = chances.seed;
  }

  /** The next request is held back on arrival. */
  holdNext(): { readonly arrived: Promise<void>; letGo(): void } {
    const arrived = Promise.withResolvers<void>();
    const letGo = Promise.withResolvers<void>();
    this.#held = { arrived: arrived.resolve, letGo: letGo.promise };
    return { arrived: arrived.promise, letGo: letGo.resolve };
  }

  /** Resolves once no late request is outstanding. */
  async lateDone(): Promise<void> {
    while (this.#late > 0) await pause(1);
  }

  /** Carries a request out and answers it, or whatever the fault says. */
  async around(response: ServerResponse, carryOut: () => Answer): Promise<void> {
    const held = this.#held;
    this.#held = null;
    held?.arrived();
    await held?.letGo;
    const fault = this.#next.shift() ?? this.#drawn();
    if (fault === undefined) return answer(response, carryOut());
    if (fault === "fails") return answer(response, { status: 500 });
    if (fault === "late") return this.#carryOutLate(response, carryOut);
    const { status } = carryOut();
    if (fault === "lost") response.destroy();
    else response.writeHead(status, { "content-type": "application/json" }).end('{"server_id": ');
  }

  /** Only when the other side has given up: no clock decides whether the answer was in time. */
  async #carryOutLate(response: ServerResponse, carryOut: () => Answer): Promise<void> {
    this.#late += 1;
    try {
      await once(response, "close");
      await pause(this.#fraction() * lateMsMax);
      carryOut();
    } finally {
      this.#late -= 1;
    }
  }

  #drawn(): ProviderFault | undefined {
    if (this.#chances === null) return undefined;
    let left = this.#fraction();
    for (const kind of kinds) {
      left -= this.#chances[kind];
      if (left < 0) return kind;
    }
    return undefined;
  }

  /** From 0 up to 1; a fixed sequence for a seed (the constants are Knuth's for MMIX, cut to 32 bits). */
  #fraction(): number {
    this.#draws = (Math.imul(this.#draws, 0x4c957f2d) + 0xf767814f) >>> 0;
    return this.#draws / 2 ** 32;
  }
}

/** Sends an answer; nobody may be there any more to hear it. */
export function answer(response: ServerResponse, { status, contentType, body }: Answer): void {
  if (response.destroyed) return;
  if (body === undefined) response.writeHead(status).end();
  else
    response
      .writeHead(status, { "content-type": contentType ?? "application/json" })
      .end(typeof body === "string" ? body : JSON.stringify(body));
}
