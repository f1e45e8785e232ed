/**
 * Two guests who play rock-paper-scissors on whatever game server MatchForge sends them to.
 *
 * Run: npx node examples/external-game/players.ts [--url http://127.0.0.1:8080] [--mode Normal_1v1]
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { signInAsGuest } from "@matchforge/client";
import type { GameMessage } from "./game-messages.ts";
import { GamePlayer } from "./game-player.ts";
import { choices } from "./rock-paper-scissors.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:8080" },
    mode: { type: "string", default: "Normal_1v1" },
  },
});
const { url, mode } = values;

async function guest(name: string): Promise<GamePlayer> {
  const { token, player_id } = await signInAsGuest(url);
  const say = (line: string) => console.log(`${name}: ${line}`);
  const choose = () => choices[randomInt(choices.length)];
  const player = new GamePlayer({ url, token, mode, choose, say, onGame: (message) => tell(message) });
  const tell = (message: GameMessage) => {
    if (message.type === "joined") return say(`is let in as ${message.player_id}`);
    if (message.type !== "round_over") return;
    const { round, choices: shown, winner } = message;
    const fate = winner === null ? "a draw" : winner === player_id ? "won" : "lost";
    say(`round ${round}: ${shown[player_id] ?? "nothing"}: ${fate}`);
  };
  await player.connect();
  return player;
}

const names = ["ada", "bob"];
const players = await Promise.all(names.map(guest));
const endings = await Promise.all(players.map((player) => player.play()));
for (const [index, ending] of endings.entries()) {
  const end = ending.kind === "result" ? `rating ${signed(ending.result.rating_change)}` : ending.kind;
  console.log(`${names[index]}: the match is over: ${end}`);
}
const [ending] = endings;
if (ending?.kind === "result")
  console.log(`the result: ${ending.result.winner ?? "a tie"}, ${ending.result.end_reason}`);
for (const player of players) player.close();

function signed(change: number): string {
  return change > 0 ? `+${change}` : String(change);
}
