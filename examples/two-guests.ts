/**
 * Two guests meet on a running server and play: one types the text, the other watches it happen.
 *
 * Run: npx node examples/two-guests.ts [http://127.0.0.1:8080]
 */
import { MatchForgeClient, signInAsGuest, TypingSession } from "@matchforge/client";

const url = process.argv[2] ?? "http://127.0.0.1:8080";

async function guest(name: string): Promise<MatchForgeClient> {
  const { token } = await signInAsGuest(url);
  const client = new MatchForgeClient({ url, token });
  client.on("match.found", ({ match_id }) => {
    console.log(`${name}: found ${match_id}`);
    client.request("match.ready", { match_id, response: "accept" }).catch(console.error);
  });
  client.on("match.countdown", ({ code_commitment }) => {
    console.log(`${name}: a text with the hash ${code_commitment} will come`);
  });
  await client.connect();
  return client;
}

const [ada, bob] = [await guest("ada"), await guest("bob")];
ada.on("game.started", ({ match_id, code_sequence }) => {
  const typing = new TypingSession({ client: ada, matchId: match_id });
  const keys = [...(code_sequence ?? "")];
  const timer = setInterval(() => {
    const key = keys.shift();
    if (key === undefined) clearInterval(timer);
    else typing.press(key);
  }, 60);
});
let told = 0;
bob.on("game.opponent_progress", ({ progress, wpm }) => {
  if (progress < told) return;
  told += 0.1;
  console.log(`bob: ada is at ${Math.round(progress * 100)} % with ${Math.round(wpm)} words a minute`);
});
const results = [ada, bob].map((client) => new Promise((over) => client.on("game.result", over)));
for (const client of [ada, bob]) await client.request("queue.enter", { game_type: "code_practice" });
console.log("the result:", (await Promise.all(results))[0]);
for (const client of [ada, bob]) client.close();
