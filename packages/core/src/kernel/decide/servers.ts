import type { Entry, ServerAlive, ServerDown, ServerDrain, ServerUp } from "../commands.ts";
import type { KernelEvent, ServerLostReason } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import type { GameServer, Match } from "../model.ts";
import { resolveWithoutServer } from "../resolve.ts";
import { isServerAddress } from "../servers.ts";
import type { State } from "../state.ts";
import { cancelMatch } from "./cancel.ts";
import { refuse } from "./refuse.ts";

/** A server comes up; the same run of it may say something new of itself, another run has lost the matches before. */
export function decideServerUp(state: State, entry: Entry, command: ServerUp): KernelEvent[] {
  const { type: _, ...server } = command;
  if (!isSound(server)) return refuse(command, "INVALID_CONFIGURATION");
  const known = state.servers.get(server.server);
  const up: KernelEvent = { type: "server.up", ...server, epoch: entry.position };
  if (known === undefined) {
    return state.servers.size >= kernelLimits.serversMax ? refuse(command, "TOO_MANY_SERVERS") : [up];
  }
  if (known.allocator !== server.allocator) return refuse(command, "INVALID_STATE");
  if (known.instance !== server.instance) return [...loseServer(state, known, "restarted"), up];
  const { draining } = known;
  return [{ type: "server.changed", server: known.id, offer: server.offer, draining }];
}

function isSound({ allocator, instance, offer }: Omit<ServerUp, "type">): boolean {
  const { address, region, capacity, labels } = offer;
  const { serverCapacityMax, serverLabelsMax } = kernelLimits;
  const isCount = Number.isInteger(capacity) && capacity >= 1 && capacity <= serverCapacityMax;
  const named = [allocator, instance, ...(region === null ? [] : [region]), ...Object.keys(labels)];
  const values = Object.values(labels);
  return (
    isServerAddress(address) &&
    isCount &&
    values.length <= serverLabelsMax &&
    named.every((name) => name.length > 0 && isShort(name)) &&
    values.every(isShort)
  );
}

function isShort(text: string): boolean {
  return text.length <= kernelLimits.serverNameLengthMax;
}

/** Whoever is not known, or speaks for an earlier run, is passed over: it learns so when it asks. */
export function decideAlive(state: State, command: ServerAlive): KernelEvent[] {
  if (command.servers.length > kernelLimits.serversPerEntry) return refuse(command, "INVALID_CONFIGURATION");
  const heard = command.servers.filter(({ server, epoch }) => state.servers.get(server)?.epoch === epoch);
  if (heard.length === 0) return [];
  return [{ type: "server.heard", servers: heard.map(({ server }) => server) }];
}

export function decideDrain(state: State, command: ServerDrain): KernelEvent[] {
  const server = runOf(state, command);
  if (typeof server === "string") return refuse(command, server);
  const { id, offer } = server;
  if (server.draining === command.draining) return [];
  return [{ type: "server.changed", server: id, offer, draining: command.draining }];
}

export function decideDown(state: State, command: ServerDown): KernelEvent[] {
  const server = runOf(state, command);
  return typeof server === "string" ? refuse(command, server) : loseServer(state, server, "down");
}

function runOf(
  state: State,
  { server: id, epoch }: Pick<ServerDown, "server" | "epoch">,
): GameServer | "SERVER_NOT_FOUND" | "STALE_EPOCH" {
  const server = state.servers.get(id);
  if (server === undefined) return "SERVER_NOT_FOUND";
  return server.epoch === epoch ? server : "STALE_EPOCH";
}

/** A server is gone: a match that has not begun gets another one, once; a game in play ends by its mode's rule. */
export function loseServer(state: State, server: GameServer, reason: ServerLostReason): KernelEvent[] {
  const lost: KernelEvent = { type: "server.lost", server: server.id, reason };
  const matches = server.matches.flatMap((id) => state.matches.get(id) ?? []);
  return [lost, ...matches.flatMap((match) => withoutIts(state, match))];
}

function withoutIts(state: State, match: Match): KernelEvent[] {
  if (match.phase.state === "ACTIVE") return resolveWithoutServer(state, match, "its server was lost");
  const attempt = match.allocation?.attempt ?? 0;
  if (attempt >= kernelLimits.allocationsPerMatch)
    return [cancelMatch(state, match, { reason: "no_server", offenders: [] })];
  return [{ type: "match.server_lost", match: match.id, attempt }];
}
