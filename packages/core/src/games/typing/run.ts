import { isComplete, nothingTyped, type Typed, typeKeys } from "./typed.ts";
import { typingLimits } from "./typing-limits.ts";

/** Why keys were not taken; the run is as it was. */
export type KeysRefusal = "STALE_OFFSET" | "TYPING_TOO_FAST" | "INVALID_STATE";

/** Keys that were taken, or why not. */
export type KeysOutcome =
  | { readonly ok: true; readonly upto: number; readonly complete: boolean }
  | { readonly ok: false; readonly code: KeysRefusal; readonly retryAfterMs?: number };

/**
 * One player's run through a text: replays keys as they arrive, each once, whatever is sent again, and no
 * faster than a human can type. It lives on the gateway of the player's connection; `typed` is all that
 * another gateway needs to go on.
 *
 * @example
 * const run = new TypingRun({ text: "ls -l", at: 0 });
 * run.type({ from: 0, keys: "ls", at: 1_000 }); // { ok: true, upto: 2, complete: false }
 */
export class TypingRun {
  readonly text: string;
  #typed: Typed;
  /** When each of the last keys arrived, oldest first from `#next`: a ring. */
  readonly #arrivedAt: Float64Array;
  #next = 0;

  /**
   * @param options.typed where to go on; default: nothing typed yet.
   * @param options.at the receiver's clock in ms. A run that goes on counts as having just typed, so that
   * reconnecting buys nobody speed.
   */
  constructor(options: { readonly text: string; readonly typed?: Typed; readonly at: number }) {
    this.text = options.text;
    this.#typed = options.typed ?? nothingTyped;
    const before = options.typed === undefined ? Number.NEGATIVE_INFINITY : options.at;
    this.#arrivedAt = new Float64Array(typingLimits.keysPerSecondMax).fill(before);
  }

  get typed(): Typed {
    return this.#typed;
  }

  get complete(): boolean {
    return isComplete(this.#typed, this.text);
  }

  /**
   * Takes keys whose first has offset `from`. Keys taken before, and keys after the end of the text, are
   * passed over: the same keys get the same answer however often they come. A gap is refused.
   *
   * @example
   * const outcome = run.type({ from: 0, keys: "nmap", at: 1_000 });
   */
  type({
    from,
    keys,
    at,
  }: {
    readonly from: number;
    readonly keys: string;
    readonly at: number;
  }): KeysOutcome {
    if (this.complete) return this.#taken();
    const known = this.#typed.keys - from;
    if (known < 0) return { ok: false, code: "STALE_OFFSET" };
    const typed = typeKeys(this.#typed, { text: this.text, keys: keys.slice(known) });
    const count = typed.keys - this.#typed.keys;
    if (count === 0) return this.#taken();
    const waitMs = this.#tooFastForMs(count, at);
    if (waitMs > 0) return { ok: false, code: "TYPING_TOO_FAST", retryAfterMs: waitMs };
    if (typed.wrong > typingLimits.wrongMax) return { ok: false, code: "INVALID_STATE" };
    this.#typed = typed;
    for (let arrived = 0; arrived < count; arrived += 1) {
      this.#arrivedAt[this.#next] = at;
      this.#next = (this.#next + 1) % this.#arrivedAt.length;
    }
    return this.#taken();
  }

  #taken(): KeysOutcome {
    return { ok: true, upto: this.#typed.keys, complete: this.complete };
  }

  /** How long to wait until `count` more keys are at most `keysPerSecondMax` in any second; 0 when they are now. */
  #tooFastForMs(count: number, at: number): number {
    const ring = this.#arrivedAt;
    if (count > ring.length) return typingLimits.windowMs;
    const oldest = ring[(this.#next + count - 1) % ring.length];
    return Math.max(0, oldest + typingLimits.windowMs - at);
  }
}
