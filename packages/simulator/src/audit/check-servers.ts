import type { KernelEvent } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";
import type { Chronicle, KnownServer } from "./chronicle.ts";

const lostAfterMs = 15_000;

/**
 * No server is given up that speaks; what an earlier run of one says has no effect; and with a server that is gone
 * everything that was played on it moves on or ends.
 */
export function checkServers(violate: Violate): Check {
  return {
    begin: (moment) => judgeRun(moment, violate),
    event(event, moment) {
      if (event.type === "server.heard") judgeHeard(event, moment, violate);
      else if (event.type === "server.lost") judgeLoss(event, moment, violate);
    },
    end({ events, chronicle }) {
      if (events.some((event) => event.type === "server.lost")) judgeHomeless(chronicle, violate);
    },
  };
}

/** A server that is missed at this very moment is lost all the same. */
function judgeRun({ entry: { command }, events, chronicle }: Moment, violate: Violate): void {
  if (command.type !== "server.drain" && command.type !== "server.down") return;
  const { server, epoch } = command;
  if (chronicle.servers.get(server)?.epoch === epoch) return;
  if (events.some((event) => event.type === "server.changed" && event.server === server))
    violate(`10: ${command.type} of an earlier run of ${server} has an effect`);
}

function judgeHeard(
  { servers }: Extract<KernelEvent, { type: "server.heard" }>,
  { entry: { command }, chronicle }: Moment,
  violate: Violate,
): void {
  if (command.type !== "server.alive") return;
  for (const id of servers) {
    const said = command.servers.find(({ server }) => server === id);
    if (said?.epoch !== chronicle.servers.get(id)?.epoch)
      violate(`10: ${id} is heard by what an earlier run of it says`);
  }
}

function judgeLoss(
  { server: id, reason }: Extract<KernelEvent, { type: "server.lost" }>,
  { entry: { command }, chronicle }: Moment,
  violate: Violate,
): void {
  const server = chronicle.servers.get(id);
  if (server === undefined) return violate(`10: ${id} is lost, which there is not`);
  const why = whyNotLost(server, { reason, command, time: chronicle.time });
  if (why !== null) violate(`10: ${id} is lost (${reason}), but ${why}`);
}

function whyNotLost(
  { id, heardAt, instance, epoch }: KnownServer,
  { reason, command, time }: { reason: string; command: Moment["entry"]["command"]; time: number },
): string | null {
  switch (reason) {
    case "silent":
      return heardAt !== null && time - heardAt >= lostAfterMs ? null : `it was heard at ${heardAt}`;
    case "restarted": {
      const isOther = command.type === "server.up" && command.server === id && command.instance !== instance;
      return isOther ? null : "no other run of it is there";
    }
    default: {
      const isSaid = command.type === "server.down" && command.server === id && command.epoch === epoch;
      return isSaid ? null : "it did not say so";
    }
  }
}

/** Whatever was played on a server that is gone has asked for another one or has ended. */
function judgeHomeless(chronicle: Chronicle, violate: Violate): void {
  for (const { id, allocation } of chronicle.matches.values())
    if (allocation !== null && allocation.server !== null && !chronicle.servers.has(allocation.server))
      violate(`10: ${id} stays on ${allocation.server}, which is gone`);
}
