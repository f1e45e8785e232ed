/**
 * Signs players in and holds their sockets until it is told to end: one process may open only so many. Prints how
 * many it opened and how fast, and on SIGTERM how many it still holds.
 */
import { authFrames } from "./many-players.ts";
import { openSignedIn } from "./socket-cost.ts";

/** What a holder prints: first after opening, then at its end. */
export interface HolderLine {
  readonly held: number;
  readonly perSecond: number;
}

const [secret = "", port = "", count = "", label = ""] = process.argv.slice(2);
const auths = await authFrames({ secret, count: Number(count), label });
const traffic = { sent: 0, received: 0 };
const server = { port: Number(port) };
const { clients, perSecond } = await openSignedIn(server, { auths, traffic });
let held = clients.length;
for (const client of clients)
  client.onClose(() => {
    held -= 1;
  });
const tell = () => console.log(JSON.stringify({ held, perSecond } satisfies HolderLine));
tell();
process.once("SIGTERM", () => {
  tell();
  process.exit(0);
});
