import type { RouteDefinition } from "@matchforge/protocol/schemas";
import type { Scene } from "./scenes.ts";

/** A request as it is sent. */
export interface PlannedRequest {
  readonly path: string;
  readonly body: unknown;
}

/** What a route's examples ask for, of what there is in a scene; what may be left out of a query is. */
export function requestFor({ path, params, query, body }: RouteDefinition, scene: Scene): PlannedRequest {
  const named = (params?.example ?? {}) as Readonly<Record<string, unknown>>;
  const place = path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(inScene(named[name], { name, scene }))),
  );
  const example = (query?.example ?? {}) as Readonly<Record<string, unknown>>;
  const asked = (query?.schema.required ?? []).map((name): [string, string] => [
    name,
    String(inScene(example[name], { name, scene })),
  ]);
  const search = new URLSearchParams(asked).toString();
  return {
    path: search === "" ? place : `${place}?${search}`,
    body: body === null ? undefined : inScene(body.example, { name: "", scene }),
  };
}

/** A value of an example, with ids of the scene in the place of those it makes up. */
export function inScene(
  value: unknown,
  { name, scene }: { readonly name: string; readonly scene: Scene },
): unknown {
  const real = realValues(scene)[name];
  if (real !== undefined) return real;
  if (Array.isArray(value)) return value.map((item) => inScene(item, { name: "", scene }));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !needless.has(key))
        .map(([key, held]) => [key, inScene(held, { name: key, scene })]),
    );
  if (typeof value !== "string") return value;
  const [, kind] = /^(match|ticket|player|server|party)_/.exec(value) ?? [];
  if (kind === "player") return scene.owner;
  return kind === undefined ? value : scene[kind as "match" | "ticket" | "server" | "party"];
}

/** What may be left out, and has no place in the modes of this test. */
const needless = new Set(["stake_tier", "regions", "latencies", "roles", "latency_max_ms"]);

/** What an example cannot know, by the name of its field. */
function realValues(scene: Scene): Readonly<Record<string, unknown>> {
  return {
    epoch: scene.epoch,
    teams: scene.teams.map((players, index) => ({ players, rank: index + 1 })),
    match_ticket: scene.matchTicket,
    mode: "hosted",
    modes: ["hosted"],
    game_type: "hosted",
    version: 1,
    key: scene.pool,
    node: scene.node,
    // Keys are taken from the first on.
    from: 0,
    typed: "x",
    player_id: scene.other,
  };
}
