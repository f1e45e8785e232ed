import type { WebSocket } from "ws";
import { storeLimits } from "../../limits.ts";

/**
 * Cuts a line whose other side has fallen silent: a machine that lost its power says no farewell. Both sides ask each
 * other, so each notices by itself.
 */
export function keepPulse(socket: WebSocket, everyMs: number = storeLimits.relayPingEveryMs): void {
  let isAlive = true;
  const sign = () => {
    isAlive = true;
  };
  for (const event of ["message", "ping", "pong"]) socket.on(event, sign);
  const timer = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, everyMs);
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}
