import { VERSION } from "@matchforge/core";

/** A page for people who open the server in a browser. */
export function homePage(guestsAllowed: boolean): string {
  const guest = guestsAllowed
    ? "<li><code>POST /api/v1/auth/guest</code> makes a guest; its token opens <code>/ws</code></li>"
    : "<li>guests are not taken here; a token opens <code>/ws</code></li>";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>MatchForge ${VERSION}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
<h1>MatchForge ${VERSION}</h1>
<p>From queue to a settled result. This node is running.</p>
<ul>
${guest}
<li><a href="/api/v1/matchmaking/statistics">how matchmaking stands</a></li>
<li><a href="/readyz">whether it takes players</a>, <a href="/metrics">its metrics</a></li>
</ul>
</html>
`;
}
