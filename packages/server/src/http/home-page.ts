import { VERSION } from "@matchforge/core";
import { homeStyle } from "./home-style.ts";

/** A page for people who open the server in a browser. */
export function homePage({ guestsAllowed }: { guestsAllowed: boolean }): string {
  const first = guestsAllowed
    ? "<p>Become a guest; the token goes into the first message, <code>auth</code>, on the socket <code>/ws</code>:</p>\n" +
      "<pre>POST /api/v1/auth/guest</pre>"
    : "<p>Guests are not taken here. A token opens the socket <code>/ws</code>; the operator can mint one:</p>\n" +
      "<pre>npm run matchforge -- token --player player_ada</pre>";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>MatchForge ${VERSION}</title>
<style>${homeStyle}</style>
<h1>MatchForge ${VERSION}</h1>
<p>From queue to a settled result. This node is running.</p>
${first}
<p>See something happen:</p>
<pre>npm run matchforge -- bots --count 10</pre>
<ul>
<li><a href="/api/v1/matchmaking/statistics">how matchmaking stands</a></li>
<li><a href="/readyz">whether this node takes players</a>, <a href="/metrics">its metrics</a></li>
</ul>
</html>
`;
}
