/** Clients of the peer: each asks for a match, starts, leaves, and begins again. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { type PlayOnce, playForLoad } from "../play-for-load.ts";

interface Room {
  onMessage(type: string, listener: (message: never) => void): void;
  send(type: string, message?: unknown): void;
  leave(): Promise<unknown>;
}

interface Sdk {
  readonly Client: new (
    url: string,
  ) => {
    joinOrCreate(name: string, options?: object): Promise<Room>;
    consumeSeatReservation(seat: object): Promise<Room>;
  };
}

const [folder = "", port = "", kind = "", clients = "", seconds = ""] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const { Client } = require("@colyseus/sdk") as Sdk;
const client = new Client(`ws://127.0.0.1:${port}`);

/** Two players in a room of two. */
const casual: PlayOnce = async (told) => {
  const startedAt = performance.now();
  const room = await client.joinOrCreate("battle");
  await started(room);
  told(performance.now() - startedAt);
  await room.leave();
};

/** Through the queue's room, which hands out seats in a room of two. */
const ranked: PlayOnce = async (told) => {
  const startedAt = performance.now();
  const rank = 1_000 + Math.floor(Math.random() * 1_000);
  const queue = await client.joinOrCreate(kind, { rank });
  queue.onMessage("clients", () => {});
  const seat = await new Promise<object>((resolve) => {
    queue.onMessage("seat", resolve);
  });
  const room = await client.consumeSeatReservation(seat);
  queue.send("confirm");
  await started(room);
  told(performance.now() - startedAt);
  await room.leave();
};

function started(room: Room): Promise<void> {
  return new Promise((resolve) => {
    room.onMessage("start", () => resolve());
  });
}

const play = kind === "battle" ? casual : ranked;
await playForLoad(play, { clients: Number(clients), seconds: Number(seconds) });
