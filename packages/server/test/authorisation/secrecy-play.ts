import assert from "node:assert/strict";
import type { MatchId, PlayerId, TicketId } from "@matchforge/core";
import type { TicketView } from "@matchforge/protocol";
import { type RouteDefinition, routeDefinitions } from "@matchforge/protocol/schemas";
import { waitUntil } from "@matchforge/testbed";
import { requestFor } from "./request-for.ts";
import type { Scene } from "./scenes.ts";
import type { SecrecyWorld, SecretServer } from "./secrecy-world.ts";

const withinMs = 30_000;
const routes: readonly RouteDefinition[] = routeDefinitions;

/** A match that was found, with its people and its server. */
export interface SecretMatch {
  readonly id: MatchId;
  readonly players: readonly [PlayerId, PlayerId];
  readonly server: SecretServer;
  readonly credential: string;
  /** A ticket that one of them queued with, where players are told its id. */
  readonly ticket: TicketId;
  /** Their passes to the server. */
  readonly passes: readonly string[];
}

/** Two who play over sockets, until they have their server. */
export async function playOverSockets(world: SecrecyWorld, servers: readonly SecretServer[]) {
  const players: [PlayerId, PlayerId] = ["player_ada", "player_bob"];
  const sockets = [
    await world.socket("player_ada", players[0]),
    await world.socket("player_bob", players[1]),
  ];
  for (const socket of sockets) await socket.ask("queue.enter", { game_type: "hosted" });
  const [found] = await Promise.all(sockets.map((socket) => socket.next("match.found")));
  const match_id = found?.data.match_id ?? "";
  for (const socket of sockets) await socket.accept(match_id);
  await Promise.all(sockets.map((socket) => socket.next("match.loading")));
  for (const socket of sockets) await socket.ask("match.loaded", { match_id });
  await Promise.all(sockets.map((socket) => socket.next("match.assigned")));
  const [first] = sockets;
  assert.equal((await first?.ask("match.ticket", { match_id }))?.type, "match.assigned");
  // Whoever comes back is told everything again.
  await world.socket("player_bob", players[1]);
  const passes = sockets.map(
    ({ client }) =>
      client.messages.findLast(({ type }) => type === "match.assigned") ?? assert.fail("no pass"),
  );
  const id = match_id as MatchId;
  return {
    id,
    players,
    ticket: "ticket_unknown",
    passes: passes.map(({ data }) => (data as { readonly match_ticket: string }).match_ticket),
    ...(await assignedTo(world, id, servers)),
  } satisfies SecretMatch;
}

/** Two who play by requests alone, until they have their server. */
export async function playByRequests(world: SecrecyWorld, servers: readonly SecretServer[]) {
  const players: [PlayerId, PlayerId] = ["player_cyd", "player_dan"];
  const tickets: TicketView[] = [];
  for (const player of players)
    tickets.push(await asked(world, player, { method: "POST", path: "/api/v1/tickets" }, { mode: "hosted" }));
  const id = (await until(world, { players, tickets }, ({ match }) => match !== null)).match
    ?.match_id as MatchId;
  for (const [step, body, isDone] of [
    ["ready", { accept: true }, ({ match }: TicketView) => match?.state === "PREPARING"],
    ["loaded", {}, ({ assignment }: TicketView) => assignment !== null],
  ] as const) {
    for (const player of players)
      await asked(world, player, { method: "POST", path: `/api/v1/matches/${id}/${step}` }, body);
    await until(world, { players, tickets }, isDone);
  }
  const passes: string[] = [];
  for (const player of players) {
    const fresh = { method: "POST", path: `/api/v1/matches/${id}/ticket` } as const;
    passes.push((await asked<{ readonly match_ticket: string }>(world, player, fresh)).match_ticket);
  }
  const ticket = (tickets[0]?.ticket_id ?? "") as TicketId;
  return { id, players, ticket, passes, ...(await assignedTo(world, id, servers)) } satisfies SecretMatch;
}

async function asked<Answer>(
  world: SecrecyWorld,
  player: PlayerId,
  route: Pick<RouteDefinition, "method" | "path">,
  body?: unknown,
): Promise<Answer> {
  return JSON.parse(await world.ask(player, route, { token: await world.token({ player }), body })) as Answer;
}

/** Both look at their tickets until these are as asked for; answers the first one's. */
async function until(
  world: SecrecyWorld,
  { players, tickets }: { players: readonly PlayerId[]; tickets: readonly TicketView[] },
  isSo: (ticket: TicketView) => boolean,
): Promise<TicketView> {
  for (;;) {
    const views: TicketView[] = [];
    for (const [index, player] of players.entries()) {
      const path = `/api/v1/tickets/${tickets[index]?.ticket_id}`;
      views.push(await asked(world, player, { method: "GET", path }));
    }
    if (views.every(isSo) && views[0] !== undefined) return views[0];
  }
}

/** The server that a match has, and its credential: as that server hears of it. */
async function assignedTo(world: SecrecyWorld, match: MatchId, servers: readonly SecretServer[]) {
  for (const server of servers) {
    const path = `/api/v1/servers/${server.id}/matches?epoch=${server.epoch}`;
    const token = await world.token({ server: server.id });
    const list = JSON.parse(await world.ask(server.name, { method: "GET", path }, { token })) as {
      readonly matches: readonly { readonly match_id: string; readonly credential: string }[];
    };
    const held = list.matches.find(({ match_id }) => match_id === match);
    if (held !== undefined) return { server, credential: held.credential };
  }
  return assert.fail(`no server has ${match}`);
}

/** Everybody asks for everything that can be read, of each match; and strangers ask for what they must not. */
export async function everybodyAsks(world: SecrecyWorld, matches: readonly SecretMatch[]): Promise<void> {
  const askers: readonly (readonly [string, string | null])[] = [
    ["nobody", null],
    ["player_eve", await world.token({ player: "player_eve" })],
    ["admin", await world.token({ player: "player_root", role: "admin" })],
    ...(await Promise.all(
      matches.flatMap(({ players }) =>
        players.map(async (player) => [player, await world.token({ player })] as const),
      ),
    )),
    ...(await Promise.all(
      matches.map(async ({ server }) => [server.name, await world.token({ server: server.id })] as const),
    )),
    ...matches.map(({ server, credential }) => [server.name, credential] as const),
  ];
  for (const match of matches)
    for (const route of routes) {
      const isOfMatch = /\/api\/v1\/matches\/:id\//.test(route.path);
      if (route.method !== "GET" && !isOfMatch) continue;
      const isForAll = route.params === null && route.roles.every((role) => role === "anyone");
      const { path, body } = requestFor(route, sceneOf(match));
      for (const [who, token] of isForAll ? askers.slice(0, 1) : askers) {
        const isOwn = who === match.server.name || match.players.some((player) => player === who);
        if (route.method !== "GET" && isOwn) continue;
        await world.ask(who, { ...route, path }, { token, body });
      }
    }
}

function sceneOf({ id: match, players: [owner, other], server, ticket }: SecretMatch): Scene {
  const nobody: PlayerId = "player_nobody";
  return {
    situation: "active",
    owner,
    other,
    stranger: nobody,
    guest: nobody,
    operator: nobody,
    ticket,
    match,
    attempt: 1,
    teams: [[owner], [other]],
    matchTicket: "x",
    server: server.id,
    epoch: server.epoch,
    party: "party_unknown",
    pool: "hosted",
    node: "node",
  };
}

/** The server of a match plays it to its end, with some mistakes on the way. */
export async function playOut(world: SecrecyWorld, match: SecretMatch): Promise<void> {
  const { server, credential: token, id, passes } = match;
  const say = (method: "GET" | "POST", what: string, body?: unknown) =>
    world.ask(server.name, { method, path: `/api/v1/matches/${id}/${what}` }, { token, body });
  const roster = JSON.parse(await say("GET", "roster")) as {
    readonly players: readonly { readonly player_id: string; readonly team: number }[];
  };
  for (const match_ticket of [...passes, ...passes]) await say("POST", "redeem", { match_ticket });
  const players = roster.players.toSorted((first, second) => first.team - second.team);
  const teams = players.map(({ player_id }, index) => ({ players: [player_id], rank: index + 1 }));
  await untilActive(world, id);
  await say("POST", "result", { teams: [] });
  for (const what of ["standing", "result", "result"]) await say("POST", what, { teams });
  await untilStreamed(world, id, "GameEnded");
}

/** The server of a match goes away in the middle of it. */
export async function leave(world: SecrecyWorld, { id, server }: SecretMatch): Promise<void> {
  await untilActive(world, id);
  const path = `/api/v1/servers/${server.id}?epoch=${server.epoch}`;
  await world.ask(
    server.name,
    { method: "DELETE", path },
    { token: await world.token({ server: server.id }) },
  );
  await untilStreamed(world, id, "MatchVoided");
}

async function untilActive(world: SecrecyWorld, id: MatchId): Promise<void> {
  const view = { method: "GET", path: `/api/v1/matches/${id}` } as const;
  const isActive = async () => /"ACTIVE"/.test(await world.ask("nobody", view));
  await waitUntil(isActive, { what: "the countdown's end", withinMs });
}

async function untilStreamed(world: SecrecyWorld, id: MatchId, type: string): Promise<void> {
  const isTold = () =>
    world.streamed.split("\n").some((line) => line.includes(id) && line.includes(`"${type}"`));
  await waitUntil(isTold, { what: `${type} in the stream`, withinMs });
}
