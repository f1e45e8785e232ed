import type { KernelEvent, Match } from "@matchforge/core";
import type { Histogram } from "prom-client";

type Preparation = Extract<
  KernelEvent,
  { type: "match.preparing" | "match.loaded" | "match.allocating" | "match.allocated" }
>;

/** Measures in shard time how long clients load and servers are looked for. */
export class PreparationTimes {
  readonly #loading: Histogram<"mode">;
  readonly #allocating: Histogram<"mode" | "allocator">;
  /** When each match began to load, and to ask for a server; forgotten with the match. */
  readonly #begun = new WeakMap<Match, { readonly loading: number; readonly allocating: number }>();

  constructor(options: {
    readonly loading: Histogram<"mode">;
    readonly allocating: Histogram<"mode" | "allocator">;
  }) {
    this.#loading = options.loading;
    this.#allocating = options.allocating;
  }

  /** `time` is shard time; a match that ended in the same breath is not measured. */
  observe(
    event: Preparation,
    { match, time }: { readonly match: Match | undefined; readonly time: number },
  ): void {
    if (match === undefined) return;
    const { mode } = match;
    const { loading, allocating } = this.#begun.get(match) ?? { loading: time, allocating: time };
    switch (event.type) {
      case "match.preparing":
        this.#begun.set(match, { loading: time, allocating: time });
        return;
      case "match.loaded":
        if (event.loaded === event.total) this.#loading.observe({ mode }, (time - loading) / 1_000);
        return;
      case "match.allocating":
        this.#begun.set(match, { loading, allocating: time });
        return;
      case "match.allocated":
        this.#allocating.observe({ mode, allocator: event.allocator }, (time - allocating) / 1_000);
    }
  }
}
