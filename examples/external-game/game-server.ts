/**
 * A game server: rock-paper-scissors, best of three, for the matches that MatchForge sends here.
 *
 * Run: npx node examples/external-game/game-server.ts --token-file FILE [--url http://127.0.0.1:8080]
 *   [--port 7777] [--address HOST:PORT] [--region eu-west] [--capacity 8]
 *   [--join-ms 20000] [--round-ms 10000] [--pause-ms 1000]
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { type WebSocket, WebSocketServer } from "ws";
import { readPlayerMessage } from "./game-messages.ts";
import { MatchLine } from "./match-line.ts";
import { closeCodes, type Pace, PlayedMatch, tell } from "./played-match.ts";
import { type ListedMatch, Registration } from "./registration.ts";

const messageBytesMax = 4_096;
/** Who has not said by then for which match they come is sent away. */
const introductionMs = 5_000;

const { values } = parseArgs({
  options: {
    "token-file": { type: "string" },
    url: { type: "string", default: "http://127.0.0.1:8080" },
    port: { type: "string", default: "7777" },
    address: { type: "string" },
    region: { type: "string" },
    capacity: { type: "string", default: "8" },
    "join-ms": { type: "string", default: "20000" },
    "round-ms": { type: "string", default: "10000" },
    "pause-ms": { type: "string", default: "1000" },
  },
});
const { url, region, "token-file": tokenFile } = values;
if (tokenFile === undefined) throw new Error("Say where this server's token is: --token-file FILE");
const pace: Pace = {
  joinMs: Number(values["join-ms"]),
  roundMs: Number(values["round-ms"]),
  pauseMs: Number(values["pause-ms"]),
};
const log = (line: string) => console.log(line);

const matches = new Map<string, PlayedMatch>();
const door = new WebSocketServer({ port: Number(values.port), maxPayload: messageBytesMax });
door.on("connection", (socket) => admit(socket));
await once(door, "listening");

const { port } = door.address() as AddressInfo;
const registration = new Registration({
  url,
  // Read anew each time: a token can be exchanged while the server runs.
  token: () => readFileSync(tokenFile, "utf8").trim(),
  offer: {
    instance: randomUUID(),
    address: values.address ?? `127.0.0.1:${port}`,
    capacity: Number(values.capacity),
    ...(region !== undefined && { region }),
  },
  onMatches: follow,
  log,
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => registration.drain());
await registration.run();
door.close();

/** Plays what is on MatchForge's list, and nothing else. */
function follow(list: readonly ListedMatch[]): void {
  const credentials = new Set(list.map(({ credential }) => credential));
  for (const [id, match] of matches) {
    if (credentials.has(match.credential)) continue;
    match.leave();
    matches.delete(id);
  }
  for (const listed of list) {
    const { match_id, credential } = listed;
    const known = matches.get(match_id);
    const line = new MatchLine({ url, match: match_id, credential, log });
    const match = known ?? new PlayedMatch({ listed, line, pace });
    matches.set(match_id, match);
    match.listed(listed);
  }
}

/** Listens to somebody who has come: first they join a match, then they choose. */
function admit(socket: WebSocket): void {
  let match: PlayedMatch | undefined;
  const timer = setTimeout(() => socket.close(closeCodes.refused), introductionMs);
  socket.on("close", () => clearTimeout(timer));
  // A connection that breaks is closed next, which is told there.
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => {
    const message = readPlayerMessage(data.toString());
    if (message?.type === "choose") return match?.choose(socket, message);
    if (message === undefined || match !== undefined) return socket.close(closeCodes.refused);
    clearTimeout(timer);
    match = matches.get(message.match_id);
    if (match !== undefined) return void match.join(socket, message.match_ticket);
    // MatchForge may have told the player before it told this server.
    tell(socket, { type: "refused", code: "MATCH_NOT_FOUND" });
    socket.close(closeCodes.refused);
  });
}
