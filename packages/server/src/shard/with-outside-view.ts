import type { OutsideView } from "@matchforge/stores";
import { OutsideViewReactor, type Report } from "matchforge";
import type { RunningShard } from "./running-shard.ts";
import { systemClock } from "./threads/system-clock.ts";

/** The same shard, whose queues and live matches are shown to readers outside while this node leads. */
export function withOutsideView(
  running: RunningShard,
  { view, report }: { readonly view: OutsideView; readonly report: Report },
): RunningShard {
  const { node } = running;
  const reactor = new OutsideViewReactor({
    view,
    state: () => node.state,
    leads: () => node.leads,
    clock: systemClock,
    report,
  });
  node.replica.onApplied((_entry, events) => reactor.applied(events));
  return {
    ...running,
    async stop() {
      // The hand-over to another node waits for no Redis.
      await Promise.all([reactor.stop(), running.stop()]);
    },
  };
}
