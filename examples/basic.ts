/**
 * The engine inside your own process: register a mode, queue two players, and see their match through.
 *
 * Run: node examples/basic.ts
 */
import { createMatchForge, defineMode } from "matchforge";

const forge = createMatchForge();
forge.registerMode(
  defineMode({
    id: "quick_duel",
    rating: { system: "elo", k: 32, initial: 1200, rounding: "truncate" },
    countdownMs: 3_000,
  }),
);

forge.on("match.created", ({ match, players }, atMs) => {
  console.log(`${atMs} ms: ${match} brings together ${players.map(({ player }) => player).join(" and ")}`);
});
forge.on("match.started", ({ match }, atMs) => console.log(`${atMs} ms: ${match} starts`));
forge.on("match.resolved", ({ result }) => console.log(`won by ${result.winners.join(", ")}`));

forge.join({ player: "player_ada", mode: "quick_duel" });
forge.join({ player: "player_bob", mode: "quick_duel" });
forge.tick(1_000); // time is yours: nothing happens between two ticks

const match = forge.matchOf("player_ada");
if (match === undefined) throw new Error("no match was formed");
forge.accept({ match: match.id, player: "player_ada" });
forge.accept({ match: match.id, player: "player_bob" });
forge.tick(4_000); // the countdown is over: play your game, then report its result

const winner = match.players[0];
forge.finish({ match: match.id, ranks: [1, 2] });
const record = forge.recordOf({ player: winner.id, mode: "quick_duel" });
console.log(`${winner.id} is rated ${record?.rating} after ${record?.games} game`);
