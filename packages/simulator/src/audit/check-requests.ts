import type { RequestOrigin } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";

/** As long as this, and for the last so many of a player, a request is known again. */
const rememberedMs = 120_000;
const remembered = 16;

interface Done {
  readonly key: string;
  readonly at: number;
}

/** What a client asks for happens once, however often the request arrives; and only what happened is called repeated. */
export function checkRequests(violate: Violate): Check {
  const done = new Map<string, Done[]>();
  return {
    end(moment) {
      const { command } = moment.entry;
      const { origin, player } = command as { origin?: RequestOrigin; player?: string };
      if (origin === undefined || player === undefined) return;
      const { time } = moment.state;
      const before = (done.get(player) ?? []).slice(-remembered);
      const known = before.find(({ key, at }) => key === origin.key && time - at <= rememberedMs);
      if (isCarriedOut(moment, origin)) {
        if (known !== undefined) violate(`requests: ${origin.key} (${command.type}) is carried out twice`);
        done.set(player, [...before, { key: origin.key, at: time }]);
      } else if (known === undefined && isCalledRepeated(moment))
        violate(`requests: ${origin.key} (${command.type}) is called repeated and never was carried out`);
    },
  };
}

function isCarriedOut({ events }: Moment, { key }: RequestOrigin): boolean {
  return events.some((event) => event.type !== "refused" && "origin" in event && event.origin?.key === key);
}

function isCalledRepeated({ events }: Moment): boolean {
  return events.some((event) => event.type === "refused" && event.code === "REPEATED");
}
