import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TicketRequest, TicketView } from "@matchforge/protocol";
import type { Credentials } from "./player.ts";
import { ServerRig } from "./server-rig.ts";

let rig: ServerRig;
before(async () => {
  rig = await ServerRig.start();
});
after(() => rig.stop());

/** Asks as a player, of the next node in turn. */
async function ask(who: Credentials, path: string, init: RequestInit = {}, key?: string): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${who.token}`);
  if (init.body) headers.set("content-type", "application/json");
  if (key !== undefined) headers.set("idempotency-key", key);
  return fetch(`${rig.anyUrl}/api/v1${path}`, { ...init, headers });
}

async function ticketIn(response: Response): Promise<TicketView> {
  const text = await response.text();
  assert.ok(response.ok, text);
  return JSON.parse(text) as TicketView;
}

async function create(who: Credentials, body: TicketRequest, key: string): Promise<TicketView> {
  return ticketIn(await ask(who, "/tickets", { method: "POST", body: JSON.stringify(body) }, key));
}

/** Asks on, whichever node has its turn, until the ticket is as asked for. */
async function until(
  who: Credentials,
  ticket: TicketView,
  isSo: (ticket: TicketView) => boolean,
): Promise<TicketView> {
  let now = ticket;
  while (!isSo(now))
    now = await ticketIn(await ask(who, `/tickets/${now.ticket_id}?wait=10&since=${now.version}`));
  return now;
}

const bronze = { mode: "code_duel", stake_tier: "bronze" };

test("[HT18] on a whole deployment a match is lived through by HTTP alone, of any node", async () => {
  const [a, b] = [await rig.guest(), await rig.guest()];
  const made = [await create(a, bronze, "a"), await create(b, bronze, "b")] as const;
  const [ofA, ofB] = await Promise.all([
    until(a, made[0], ({ match }) => match !== null),
    until(b, made[1], ({ match }) => match !== null),
  ]);
  const match = ofA.match?.match_id ?? "";
  assert.equal(ofB.match?.match_id, match);
  const body = JSON.stringify({ accept: true });
  for (const who of [a, b])
    assert.equal((await ask(who, `/matches/${match}/ready`, { method: "POST", body })).status, 200);
  await until(a, ofA, (ticket) => ticket.match?.state === "ACTIVE");
  assert.equal((await ask(b, `/matches/${match}/abandon`, { method: "POST" })).status, 200);
  const [endA, endB] = await Promise.all([
    until(a, ofA, ({ state }) => state === "ended"),
    until(b, ofB, ({ state }) => state === "ended"),
  ]);
  assert.deepEqual([endA.result?.winner, endA.result?.end_reason], [a.id, "forfeit"]);
  assert.deepEqual([endB.ended?.reason, endB.result?.prize], ["played", "0"]);
});

test("[HT2] on a whole deployment one key makes one ticket, of whichever nodes it is asked", async () => {
  const who = await rig.guest();
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => create(who, { mode: "code_duel", stake_tier: "silver" }, "once")),
  );
  assert.equal(new Set(answers.map(({ ticket_id }) => ticket_id)).size, 1);
  const id = answers[0]?.ticket_id ?? "";
  for (let turn = 0; turn < 3; turn += 1) {
    const gone = await ticketIn(await ask(who, `/tickets/${id}`, { method: "DELETE" }));
    assert.equal(gone.ended?.reason, "cancelled");
  }
});

test("[HT23] on a whole deployment preferences are read back of any node", async () => {
  const who = await rig.guest();
  const preferred = { modes: ["code_duel"], latency_max_ms: 80 };
  const body = JSON.stringify(preferred);
  const set = await ask(who, "/matchmaking/preferences", { method: "POST", body });
  assert.deepEqual([set.status, await set.json()], [200, preferred]);
  // The other node hears of it a moment later.
  let told: unknown = null;
  while (JSON.stringify(told) !== body) told = await (await ask(who, "/matchmaking/preferences")).json();
  assert.deepEqual(told, preferred);
});
