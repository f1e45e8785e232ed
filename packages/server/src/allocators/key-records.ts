import type { AllocationOutcome, ReleaseOutcome } from "matchforge";

/** What this process knows of one key. */
export interface KeyRecord {
  allocating: Promise<AllocationOutcome> | null;
  releasing: Promise<ReleaseOutcome> | null;
  /** The request that the provider is at, if any. */
  underWay: Promise<unknown> | null;
  /** Something was asked for whose answer is not known to be none. */
  mayBeHeld: boolean;
  /** Until then a request that was given up can still have its effect. */
  lateUntilMs: number;
  /** A release was asked for: nothing is allocated under the key any more. */
  isReleased: boolean;
}

/** What this process knows of the keys it has seen. */
export class KeyRecords {
  readonly #records = new Map<string, KeyRecord>();
  readonly #limits: { readonly lateMs: number; readonly keysRemembered: number };

  constructor(limits: { readonly lateMs: number; readonly keysRemembered: number }) {
    this.#limits = limits;
  }

  /** A key that is asked for; unsure: somebody else may have asked for it, and that may still be on its way. */
  asked(key: string, { isUnsure }: { readonly isUnsure: boolean }): KeyRecord {
    const record = this.#records.get(key) ?? this.#add(key);
    if (isUnsure) {
      record.mayBeHeld = true;
      record.lateUntilMs = performance.now() + this.#limits.lateMs;
    }
    return record;
  }

  /** A key that is released; one that was not seen before was asked for elsewhere, if at all. */
  released(key: string): KeyRecord {
    return this.#records.get(key) ?? this.asked(key, { isUnsure: true });
  }

  /** Everything that has not ended yet. */
  unfinished(): Promise<unknown>[] {
    return [...this.#records.values()].flatMap(({ allocating, releasing }) =>
      [allocating, releasing].filter((one) => one !== null),
    );
  }

  #add(key: string): KeyRecord {
    this.#forgetOldest();
    const record: KeyRecord = {
      allocating: null,
      releasing: null,
      underWay: null,
      mayBeHeld: false,
      lateUntilMs: 0,
      isReleased: false,
    };
    this.#records.set(key, record);
    return record;
  }

  /** Makes room for one more; what has not ended is passed over, and is bounded by itself. */
  #forgetOldest(): void {
    if (this.#records.size < this.#limits.keysRemembered) return;
    for (const [key, { allocating, releasing, underWay }] of this.#records) {
      if (allocating !== null || releasing !== null || underWay !== null) continue;
      this.#records.delete(key);
      return;
    }
  }
}
