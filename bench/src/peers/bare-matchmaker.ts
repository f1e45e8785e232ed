/**
 * What a toy costs: an in-memory matchmaker over bare `ws`. It keeps nothing, checks nothing and forgets
 * everything with the process; the floor that a durable one is measured against.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

interface Waiting {
  readonly socket: WebSocket;
  readonly player: string;
  readonly rating: number;
}

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 16_384 });
const queues = new Map<string, Waiting[]>();
let matches = 0;
let players = 0;

sockets.on("connection", (socket) => {
  players += 1;
  const player = `player_${players}`;
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString()) as { type: string; id: string; data: { game_type: string } };
    if (message.type === "echo")
      socket.send(JSON.stringify({ type: "echo", id: message.id, ts: Date.now(), data: {} }));
    else if (message.type === "queue.enter") enter({ socket, player, rating: 1200 }, message.data.game_type);
  });
});

function enter(entry: Waiting, mode: string): void {
  const queue = queues.get(mode) ?? [];
  queues.set(mode, queue);
  const index = queue.findIndex((other) => Math.abs(other.rating - entry.rating) <= 100);
  if (index < 0) {
    queue.push(entry);
    return;
  }
  const [opponent] = queue.splice(index, 1);
  matches += 1;
  tell(entry, opponent, `match_${matches}`);
  tell(opponent, entry, `match_${matches}`);
}

function tell(to: Waiting, opponent: Waiting, match: string): void {
  const data = {
    match_id: match,
    opponent: { address: opponent.player, rating: opponent.rating },
    accept_deadline: Date.now() + 15_000,
  };
  to.socket.send(JSON.stringify({ type: "match.found", id: match, ts: Date.now(), data }));
}

server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.on("SIGTERM", () => process.exit(0));
