import { StoreError } from "../errors.ts";
import type { StoreReport } from "../report.ts";
import { InProcessRelay } from "./in-process/in-process-relay.ts";

/** The relay that delivers to the listeners of this process what came from others; its trouble is reported. */
export function localListeners(report: StoreReport): InProcessRelay {
  return new InProcessRelay({
    onError: (error, topic) => {
      const isOverflow = error instanceof StoreError && error.code === "RELAY_OVERFLOW";
      report({
        code: isOverflow ? "RELAY_OVERFLOW" : "RELAY_LISTENER_FAILED",
        detail: `${topic}: ${error instanceof Error ? error.message : String(error)}`,
      });
    },
  });
}
