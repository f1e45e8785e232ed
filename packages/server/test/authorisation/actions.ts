import assert from "node:assert/strict";
import type { ClientMessageType } from "@matchforge/protocol";
import {
  clientMessageDefinitions,
  type RouteDefinition,
  routeDefinitions,
} from "@matchforge/protocol/schemas";
import type { Scene, Situation } from "./scenes.ts";

/** Something that may be asked for: a route or a message, and the situations in which it is. */
export interface Action {
  /** As the matrix names it. */
  readonly name: string;
  readonly means:
    | { readonly by: "http"; readonly route: RouteDefinition }
    | { readonly by: "socket"; readonly type: ClientMessageType; readonly change: Change };
  readonly situations: readonly Situation[];
}

/** What a message says otherwise than its example. */
type Change = (scene: Scene) => object;

const ofMatch = ["nothing", "matched", "preparing", "ready", "active", "over"] as const;
const ofTicket = ["nothing", "waiting", "matched", "over"] as const;
const ofPlayer = ["nothing", "waiting", "matched", "active"] as const;
const ofServer = ["nothing", "registered", "draining"] as const;
const ofParty = ["nothing", "party"] as const;

/** The situations that can matter, by the path of a route or the type of a message; the first that fits. */
const mattering: readonly (readonly [RegExp, readonly Situation[]])[] = [
  [/\/matches\/:id/, ofMatch],
  [/^match\./, ofMatch],
  [/\/tickets\/:id/, ofTicket],
  [/\/v1\/servers/, ofServer],
  [/\/pools\/:key/, ["waiting"]],
  [/^party\./, ofParty],
  [/^game\./, ["nothing", "active", "typing"]],
  [/\/api\/v1\/(tickets|matchmaking\/(explain|preferences)|auth\/move)$|^queue\./, ofPlayer],
];

function situationsOf(key: string): readonly Situation[] {
  return mattering.find(([pattern]) => pattern.test(key))?.[1] ?? ["nothing"];
}

/** Every route of both listeners, and every message: what is new is here as soon as it is defined. */
export const actions: readonly Action[] = [...httpActions(), ...socketActions()];

function httpActions(): readonly Action[] {
  return routeDefinitions.map((route: RouteDefinition) => ({
    name: `${route.method} ${route.path}`,
    means: { by: "http", route },
    situations: situationsOf(route.path),
  }));
}

function socketActions(): readonly Action[] {
  return clientMessageDefinitions.flatMap(({ type }) =>
    variantsOf(type).map(([suffix, change]) => ({
      name: `${type}${suffix}`,
      means: { by: "socket" as const, type, change },
      situations: situationsOf(type),
    })),
  );
}

/** One message may ask for things that differ in who may do them when. */
function variantsOf(type: ClientMessageType): readonly (readonly [string, Change])[] {
  if (type === "party.invite") return [["", ({ stranger }) => ({ player_id: stranger })]];
  if (type !== "match.ready") return [["", () => ({})]];
  return [
    [" (accept)", () => ({ response: "accept" })],
    [" (decline)", () => ({ response: "decline" })],
  ];
}

/** The example of a message, which is asked for with what there is in the place of what it names. */
export function exampleOf(type: ClientMessageType): object {
  const definition = clientMessageDefinitions.find((known) => known.type === type);
  return definition?.example ?? assert.fail(`${type} is no message`);
}
