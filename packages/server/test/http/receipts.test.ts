import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  checkReceipt,
  type MatchId,
  type PlayerId,
  type Receipt,
  type ReceiptCheck,
  type ReceiptDocument,
  receiptOf,
  sha256Hex,
} from "@matchforge/core";
import { matchReceipt } from "@matchforge/protocol/schemas";
import { Errors } from "typebox/value";
import { problemOf } from "./http-client.ts";
import { ShardHttpRig } from "./shard-http-rig.ts";

let rig: ShardHttpRig;
before(async () => {
  rig = await ShardHttpRig.start();
});
after(() => rig.stop());

const path = (match: string) => `/api/v1/matches/${match}/receipt`;

/** What somebody gets, and the very text of it. */
async function look(match: MatchId, player?: PlayerId): Promise<{ receipt: Receipt; text: string }> {
  const response = await rig.get(path(match), player);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  const document = JSON.parse(text) as ReceiptDocument;
  assert.deepEqual([...Errors(matchReceipt.answer, document)], [], text);
  return { receipt: receiptOf(document), text };
}

const told = (receipt: Receipt) =>
  Object.fromEntries(checkReceipt(receipt).map(({ what, ok }) => [what, ok])) as Record<
    ReceiptCheck["what"],
    boolean | null
  >;

test("[RC7] a match that was just found has its hashes, and nothing that would make somebody leave", async () => {
  const match = await rig.found(["player_f1", "player_f2"]);
  const { receipt } = await look(match);
  const { rules, teams, ...rest } = told(receipt);
  assert.deepEqual([rules, teams], [true, true]);
  assert.deepEqual(Object.values(rest), [null, null, null, null, null]);
  assert.deepEqual([receipt.costs, receipt.winProbabilities, receipt.result], [null, null, null]);
  assert.equal(receipt.text?.text, null);
  assert.equal(receipt.secretEpoch.hash, rig.state.secretEpochs.get(receipt.secretEpoch.number)?.hash);
  await rig.clear();
});

test("[RC7] the text is shown when the match is over, the secret when the shard has revealed it", async () => {
  const players = ["player_p1", "player_p2"] as const;
  const match = await rig.playing(players);
  const early = await look(match);
  const phase = rig.state.matches.get(match)?.phase;
  assert.ok(phase?.state === "ACTIVE" && phase.text !== null && phase.salt !== null);
  assert.ok(!early.text.includes(phase.text) && !early.text.includes(phase.salt));
  await rig.done({ type: "match.abandon", match, player: players[0] });
  await rig.reaches(({ matches }) => !matches.has(match));
  const { receipt: over } = await look(match, players[1]);
  assert.deepEqual([over.text?.text, over.text?.salt], [phase.text, phase.salt]);
  assert.deepEqual(
    [over.text?.commitment, over.tickets],
    [early.receipt.text?.commitment, early.receipt.tickets],
  );
  assert.deepEqual(told(over), {
    rules: true,
    text: true,
    epoch: null,
    draw: null,
    ticket: true,
    teams: true,
    payout: true,
  });
  const unit = 10n ** 18n;
  const payouts = [...(over.result?.payouts ?? [])].sort();
  assert.deepEqual([over.result?.pot, over.result?.burned], [`${100n * unit}`, `${10n * unit}`]);
  assert.deepEqual(payouts, ["0", `${90n * unit}`]);
  await nextEpoch();
  const { receipt: revealed } = await look(match, players[0]);
  assert.equal(sha256Hex(revealed.secretEpoch.secret ?? ""), early.receipt.secretEpoch.hash);
  assert.deepEqual(
    Object.values(told(revealed)),
    Array.from({ length: 7 }, () => true),
  );
});

/** Opens the next epoch of secrets, and waits until the shard has revealed the one before. */
async function nextEpoch(): Promise<void> {
  const number = [...rig.state.secretEpochs.keys()].at(-1) as number;
  await rig.clear();
  const hash = sha256Hex(rig.shard.dice.secretOf(number + 1));
  await rig.done({ type: "epoch.open", term: rig.state.term, number: number + 1, hash });
  await rig.reaches(({ secretEpochs }) => !secretEpochs.has(number));
}

test("[RC7] of a match that was called off everything but a result can be had", async () => {
  const match = await rig.found(["player_c1", "player_c2"]);
  await rig.done({ type: "match.decline", match, player: "player_c2" });
  await nextEpoch();
  const { receipt } = await look(match, "player_c1");
  const { rules, epoch, draw, ticket, teams, text, payout } = told(receipt);
  assert.deepEqual([rules, epoch, draw, ticket, teams], [true, true, true, true, true]);
  assert.deepEqual([text, payout, receipt.result, receipt.text?.text], [null, null, null, null]);
});

test("[RC8] players see their own ticket; nobody sees anything of anybody else", async () => {
  const players = ["player_secretive_one", "player_secretive_two"] as const;
  const match = await rig.playing(players);
  const ratings = Object.fromEntries(
    (rig.state.matches.get(match)?.players ?? []).map(({ id, rating, ticketId }) => [
      id,
      { rating, ticketId },
    ]),
  );
  await rig.done({ type: "match.abandon", match, player: players[0] });
  await rig.reaches(({ matches }) => !matches.has(match));
  const stranger = await look(match);
  const byStander = await look(match, "player_by_stander");
  assert.equal(stranger.text, byStander.text);
  assert.equal(stranger.receipt.own, null);
  for (const [place, player] of players.entries()) {
    const { rating, ticketId } = ratings[player];
    assert.ok(ticketId !== null);
    for (const text of [stranger.text, (await look(match, players[1 - place])).text])
      for (const secret of [player, ticketId, `${rating}`])
        assert.ok(!text.includes(secret), `${secret} stands in ${text}`);
    const { receipt } = await look(match, player);
    assert.deepEqual(receipt.own?.fact.players, [{ player, rating, role: null }]);
    assert.equal(receipt.own?.fact.ticket, ticketId);
  }
});

test("[RC8] that somebody has blocked a player of the match stands in no receipt", async () => {
  const pool = { mode: "ladder", tier: null };
  await rig.queue("player_blocked", pool);
  await rig.queue("player_blocker", pool, { rating: 1_201, wishes: { blocked: ["player_blocked"] } });
  await rig.queue("player_partner", pool, { rating: 1_207, wishes: { blocked: ["player_blocker"] } });
  await rig.reaches(({ players }) => players.get("player_blocked")?.match != null);
  const match = rig.state.players.get("player_blocked")?.match;
  assert.ok(match);
  const { receipt, text } = await look(match);
  assert.ok(!text.includes("block"), text);
  assert.deepEqual(receipt.rejected, [{ reason: "opponent_rating", count: 1 }]);
  await rig.clear();
});

test("[RC8] knowing a ticket does not help to find it among the hashes: the salt is the shard's secret", async () => {
  const match = await rig.playing(["player_s1", "player_s2"]);
  const own = (await look(match, "player_s1")).receipt;
  const other = (await look(match, "player_s2")).receipt;
  assert.notEqual(own.own?.salt, other.own?.salt);
  const { dice } = rig.shard;
  for (const epoch of rig.state.secretEpochs.keys())
    assert.notEqual(own.own?.salt, dice.draw({ epoch, purpose: "receipt", id: own.own?.fact.ticket ?? "" }));
  await rig.clear();
});

test("[RC9] what is no match, or no token, is refused", async () => {
  const code = async (response: Response) => (await problemOf(response)).code;
  assert.equal(await code(await rig.get(path("match_none"))), "MATCH_NOT_FOUND");
  assert.equal(await code(await rig.get(path("ticket_1"))), "INVALID_FIELD");
  const match = await rig.found(["player_t1", "player_t2"]);
  const withHeader = (authorization: string) =>
    fetch(`${rig.url}${path(match)}`, { headers: { authorization } });
  for (const authorization of [
    "Bearer",
    "Bearer x",
    "Basic abc",
    "Bearer a b",
    await rig.token("player_t1"),
  ]) {
    const response = await withHeader(authorization);
    assert.deepEqual([response.status, response.headers.get("www-authenticate")], [401, "Bearer"]);
    assert.equal(await code(response), "INVALID_TOKEN", authorization);
  }
  const old = await rig.token("player_t1", Date.now() - 60_000);
  assert.equal(await code(await withHeader(`Bearer ${old}`)), "TOKEN_EXPIRED");
  assert.equal((await withHeader(`bearer ${await rig.token("player_t1")}`)).status, 200);
});
