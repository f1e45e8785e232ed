/** The peer's server: a room for two, and its own ranked queue in front of the same room. */
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

interface ColyseusRoom {
  maxClients: number;
  patchRate: number | null;
  cycleTickInterval: number;
  readonly clients: readonly unknown[];
  broadcast(type: string, message: unknown): void;
}

type RoomClass = new () => ColyseusRoom;

interface Core {
  readonly Room: RoomClass;
  readonly QueueRoom: RoomClass;
  readonly Server: new (
    options: object,
  ) => {
    define(name: string, room: RoomClass, options?: object): void;
    listen(port: number, host: string): Promise<void>;
  };
}

interface Transport {
  readonly WebSocketTransport: new (
    options: object,
  ) => { readonly server: { address(): AddressInfo | string | null } };
}

const [folder = "", fastCycleMs = "50"] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { Room, QueueRoom, Server } = require("@colyseus/core") as Core;
const { WebSocketTransport } = require("@colyseus/ws-transport") as Transport;

class Battle extends Room {
  constructor() {
    super();
    this.maxClients = 2;
    this.patchRate = null;
  }

  onJoin(): void {
    if (this.clients.length === this.maxClients) this.broadcast("start", 1);
  }
}

/** The same queue, looking at its clients far more often than by default. */
class FastQueue extends QueueRoom {
  constructor() {
    super();
    this.cycleTickInterval = Number(fastCycleMs);
  }
}

const transport = new WebSocketTransport({});
const server = new Server({ greet: false, transport });
server.define("battle", Battle);
server.define("queue", QueueRoom, { matchRoomName: "battle", maxPlayers: 2 });
server.define("fast_queue", FastQueue, { matchRoomName: "battle", maxPlayers: 2 });
await server.listen(0, "127.0.0.1");
console.log((transport.server.address() as AddressInfo).port);
