/** What the machine and `ws` cost by themselves: a server that sends every message back. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 16_384 });
sockets.on("connection", (socket) => {
  socket.on("message", (data) => socket.send(data.toString()));
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.on("SIGTERM", () => process.exit(0));
