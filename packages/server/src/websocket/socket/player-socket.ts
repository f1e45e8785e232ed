import { WebSocket } from "ws";

/** What a socket tells whoever speaks over it. */
export interface SocketOwner {
  receivedFrom(data: Buffer, isBinary: boolean): void;
  closedByPeer(): void;
  terminate(): void;
}

/**
 * A player's socket. It leads to its owner, so that the same few listeners serve every socket: with tens of
 * thousands of them, closures of their own would weigh as much as the rest of a connection.
 */
export class PlayerSocket extends WebSocket {
  owner: SocketOwner | null = null;
}

/** Lets a socket's owner hear of it. */
export function listenFor(owner: SocketOwner, socket: PlayerSocket): void {
  socket.owner = owner;
  socket.on("message", onMessage);
  socket.on("close", onClose);
  socket.on("error", onError);
}

function onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
  (this as PlayerSocket).owner?.receivedFrom(data as Buffer, isBinary);
}

function onClose(this: WebSocket): void {
  (this as PlayerSocket).owner?.closedByPeer();
}

function onError(this: WebSocket): void {
  (this as PlayerSocket).owner?.terminate();
}
