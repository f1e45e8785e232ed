import { keyOptional } from "./parts/idempotency-key.ts";
import { matchParams, matchStepFailures } from "./parts/match-step.ts";
import { assignedTicket, assignment } from "./parts/ticket.ts";
import { defineRoute } from "./route-definition.ts";

export const matchTicketRoute = defineRoute({
  name: "match-ticket",
  method: "POST",
  path: "/api/v1/matches/:id/ticket",
  listener: "public",
  tag: "matches",
  roles: ["player"],
  since: 2,
  description:
    "Issues a fresh match ticket to the game server of your match; the one before is worth nothing from here on.",
  params: matchParams,
  query: null,
  body: null,
  headers: keyOptional,
  status: 200,
  answer: assignment,
  example: assignedTicket.assignment as NonNullable<typeof assignedTicket.assignment>,
  failures: matchStepFailures,
});
