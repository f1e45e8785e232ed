/** Clients of ours, by our SDK: each asks for a match, accepts, starts, leaves, and begins again. */
import { MatchForgeClient } from "@matchforge/client";
import { Tokens } from "@matchforge/server";
import { Fifo } from "../../load/fifo.ts";
import { inTurns } from "../../load/many-players.ts";
import { type PlayOnce, playForLoad } from "../play-for-load.ts";

/** A player may send 20 messages a second, and takes turns with others so as to stay below. */
const players = 1_900;
const signInsAtOnce = 100;

const [secret = "", port = "", mode = "", clients = "", seconds = ""] = process.argv.slice(2);
const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
const expiresAt = Date.now() + 3_600_000;

const resting = new Fifo(
  await inTurns(players, signInsAtOnce, async (index) => {
    const token = await tokens.mint({ player: `player_peer${process.pid}x${index}`, expiresAt });
    const client = new MatchForgeClient({ url: `http://127.0.0.1:${port}`, token });
    client.on("match.found", ({ match_id }) => {
      void client.request("match.ready", { match_id, response: "accept" }).catch(() => {});
    });
    await client.connect();
    return client;
  }),
);

const play: PlayOnce = async (told) => {
  const client = resting.shift();
  if (client === undefined) throw new Error("nobody is at rest");
  const startedAt = performance.now();
  const started = next(client, "game.started");
  await client.request("queue.enter", { game_type: mode });
  const { match_id } = await started;
  told(performance.now() - startedAt);
  const result = next(client, "game.result");
  // Both leave; whoever comes second finds the match decided.
  await client.request("match.abandon", { match_id }).catch(() => {});
  await result;
  resting.push(client);
};

function next<Type extends "game.started" | "game.result">(
  client: MatchForgeClient,
  type: Type,
): Promise<{ readonly match_id: string }> {
  return new Promise((resolve) => {
    const stop = client.on(type, (data) => {
      stop();
      resolve(data);
    });
  });
}

await playForLoad(play, { clients: Number(clients), seconds: Number(seconds) });
