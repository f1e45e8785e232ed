import { wireLimits } from "@matchforge/protocol";
import { type Server, WebSocketServer } from "ws";
import { PlayerSocket } from "./player-socket.ts";

/** Speaks WebSocket within the limits of the wire; listens to nothing by itself. */
export function createWebSocketServer(): Server<typeof PlayerSocket> {
  return new WebSocketServer({
    noServer: true,
    WebSocket: PlayerSocket,
    maxPayload: wireLimits.messageBytesMax * 4,
    maxFragments: wireLimits.messageFragmentsMax,
    perMessageDeflate: false,
    clientTracking: false,
  });
}
