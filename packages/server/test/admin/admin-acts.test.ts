import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { openSqliteFile } from "@matchforge/stores";
import { shardFileName } from "../../src/shard/embedded-shard.ts";
import { oneToken } from "../e2e/rules-text.ts";
import { AdminRig, until } from "./admin-rig.ts";

const choosy = {
  game_type: "code_duel",
  stake_tier: "bronze",
  preferences: { min_opponent_rating: 3_000, expand_search: false },
};

let rig: AdminRig;
before(async () => {
  rig = await AdminRig.alone();
});
after(() => rig[Symbol.asyncDispose]());

const reason = "asked by a player";

test("[AD4] a match in play that an operator closes is void: its players are told and have their stakes back", async () => {
  const [a, b, id] = await rig.found({ game_type: "code_duel", stake_tier: "bronze" });
  let from = a.seen;
  for (const player of [a, b]) await player.accept(id);
  await a.next("game.started", from);
  const view = await rig.ask(adminRoutes.adminMatch, { params: { id } });
  assert.deepEqual([view.state, view.pot, view.players.length], ["ACTIVE", (100n * oneToken).toString(), 2]);
  const closed = await rig.ask(adminRoutes.adminMatchClose, { params: { id }, body: { reason } });
  assert.equal(closed.state, "VOIDED");
  while ((await a.next("game.state", from)).data.state !== "VOIDED") from += 1;
  for (const player of [a, b]) {
    const { available, match_id, state } = await rig.ask(adminRoutes.adminPlayer, {
      params: { id: player.id },
    });
    assert.deepEqual([available, match_id, state], [(1_000n * oneToken).toString(), null, "idle"]);
  }
  assert.equal(
    await rig.code(adminRoutes.adminMatchClose, { params: { id }, body: { reason } }),
    "MATCH_NOT_FOUND",
  );
});

test("[AD4] before play it is cancelled, and nobody waits for a cooldown", async () => {
  const [a, , id] = await rig.found({ game_type: "code_duel", stake_tier: "bronze" });
  const closed = await rig.ask(adminRoutes.adminMatchClose, { params: { id }, body: { reason } });
  assert.equal(closed.state, "CANCELLED");
  const told = (await a.next("match.cancelled")).data;
  assert.deepEqual([told.reason, told.cooldown_secs], ["closed", 0]);
});

test("[AD5] a pardoned player queues again at once", async () => {
  const [a, b, id] = await rig.found({ game_type: "code_duel", stake_tier: "bronze" });
  await b.ask("match.ready", { match_id: id, response: "decline" });
  const [again, other] = [await rig.found({ game_type: "hasty" }), b];
  assert.notEqual(again[2], id);
  await a.ask("queue.leave", {});
  const params = { id: other.id };
  assert.equal((await rig.ask(adminRoutes.adminPlayer, { params })).offences.length, 1);
  await rig.ask(adminRoutes.adminPlayerPardon, { params, query: { mode: "code_duel", reason } });
  assert.deepEqual((await rig.ask(adminRoutes.adminPlayer, { params })).offences, []);
  const none = { params: { id: "player_none" }, query: { reason } };
  assert.equal(await rig.code(adminRoutes.adminPlayerPardon, none), "PLAYER_NOT_FOUND");
});

test("[AD6] a ticket that waits is explained, and withdrawn", async () => {
  const player = await rig.player();
  await player.ask("queue.enter", choosy);
  const { ticket_id } = await rig.ask(adminRoutes.adminPlayer, { params: { id: player.id } });
  const id = ticket_id ?? assert.fail("there is a ticket");
  const ticket = await rig.ask(adminRoutes.adminTicket, { params: { id } });
  assert.deepEqual([ticket.state, ticket.players, ticket.match_id], ["waiting", [player.id], null]);
  assert.equal(ticket.pools[0]?.pool, "code_duel:bronze");
  const { pools } = await rig.ask(adminRoutes.adminPools);
  assert.equal(pools.find(({ pool }) => pool === "code_duel:bronze")?.waiting, 1);
  const waiting = await rig.ask(adminRoutes.adminPoolTickets, { params: { key: "code_duel:bronze" } });
  assert.deepEqual(
    waiting.tickets.map(({ ticket_id: one }) => one),
    [id],
  );
  await rig.ask(adminRoutes.adminTicketWithdraw, { params: { id }, query: { reason } });
  assert.equal((await player.next("queue.ended")).data.reason, "closed");
  const gone = { params: { id }, query: { reason } };
  assert.equal(await rig.code(adminRoutes.adminTicketWithdraw, gone), "TICKET_NOT_WAITING");
  assert.equal(await rig.code(adminRoutes.adminTicket, gone), "TICKET_NOT_WAITING");
});

test("[AD19] pages give everybody once, in order, however they are cut", async () => {
  const players = await Promise.all(Array.from({ length: 5 }, () => rig.player()));
  for (const player of players.slice(0, 3)) await player.ask("queue.enter", choosy);
  const paged = async <Row>(
    read: (query: Record<string, string>) => Promise<{ rows: Row[]; next: string | null }>,
  ) => {
    const all: Row[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const { rows, next }: { rows: Row[]; next: string | null } = await read({
        limit: "2",
        ...(after !== "" && { after }),
      });
      assert.ok(rows.length <= 2);
      all.push(...rows);
      after = next;
    }
    return all;
  };
  const sessions = await paged(async (query) => {
    const { sessions: rows, next } = await rig.ask(adminRoutes.adminSessions, { query });
    return { rows: rows.map(({ player_id }) => player_id), next };
  });
  assert.deepEqual(sessions, [...new Set(sessions)].sort());
  for (const { id } of players) assert.ok(sessions.includes(id));
  const params = { key: "code_duel:bronze" };
  const tickets = await paged(async (query) => {
    const { tickets: rows, next } = await rig.ask(adminRoutes.adminPoolTickets, { params, query });
    return { rows: rows.flatMap((ticket) => ticket.players), next };
  });
  assert.deepEqual(
    tickets,
    players.slice(0, 3).map(({ id }) => id),
  );
  for (const player of players.slice(0, 3)) await player.ask("queue.leave", {});
  assert.equal(
    await rig.code(adminRoutes.adminPoolTickets, { params, query: { after: "x" } }),
    "INVALID_FIELD",
  );
  assert.equal(await rig.code(adminRoutes.adminAudit, { query: { after: "x" } }), "INVALID_FIELD");
});

test("[AD22] sessions tell of everybody what they do, where, and since when", async () => {
  const [a, , match] = await rig.found({ game_type: "patient" });
  const idle = await rig.player();
  const away = await rig.player();
  await away.ask("queue.enter", choosy);
  away.terminate();
  const sessionOf = async (id: string) =>
    (await rig.ask(adminRoutes.adminSessions)).sessions.find(({ player_id }) => player_id === id);
  const [inCheck, doingNothing] = [await sessionOf(a.id), await sessionOf(idle.id)];
  assert.deepEqual([inCheck?.state, inCheck?.match_id, inCheck?.is_guest], ["in_ready_check", match, true]);
  assert.ok((inCheck?.since ?? 0) > 0 && (inCheck?.epoch ?? 0) > 0);
  assert.deepEqual([doingNothing?.state, doingNothing?.since], ["idle", null]);
  const [{ node = "" } = {}] = (await rig.ask(adminRoutes.adminNodes)).nodes;
  assert.equal(doingNothing?.node, node);
  await until(async () => (await sessionOf(away.id))?.state === "disconnecting");
  assert.equal((await sessionOf(away.id))?.epoch, 0);
});

test("[AD21] rules are checked as on the command line, and those that cannot be used are not uploaded", async () => {
  const good =
    '[[modes]]\nid = "quick"\n[modes.search]\nwidening = [{ after = 0, gap = "any" }]\nanti_snipe = { delay = [0, 0] }\n';
  const checked = await rig.ask(adminRoutes.adminRulesCheck, { body: { rules: good } });
  assert.deepEqual([checked.is_usable, checked.problems], [true, []]);
  assert.ok(
    checked.findings.some(({ code }) => code === "KEY_WITHOUT_EFFECT"),
    JSON.stringify(checked),
  );
  const bad = '[[modes]]\nid = "quick"\ncountdwn = 3\n';
  const faulty = await rig.ask(adminRoutes.adminRulesCheck, { body: { rules: bad } });
  assert.deepEqual([faulty.is_usable, faulty.problems[0]?.line], [false, 3]);
  const before = await rig.ask(adminRoutes.adminRules);
  for (const rules of [bad, "this is no TOML [", "x = 1"])
    assert.equal(
      await rig.code(adminRoutes.adminRulesUpload, { body: { rules, reason } }),
      "INVALID_CONFIGURATION",
    );
  assert.deepEqual(await rig.ask(adminRoutes.adminRules), before);
});

test("[AD23] a shard that is not halted cannot be resumed", async () => {
  assert.equal((await rig.ask(adminRoutes.adminNodes)).is_halted, false);
  assert.equal(await rig.code(adminRoutes.adminShardResume, { body: { reason } }), "INVALID_STATE");
});

test("[AD12] the audit has a line for all of it, the refused attempts too, and hangs together", async () => {
  await rig.code(adminRoutes.adminNodeDrain, { params: { node: "none/1" }, body: { reason } });
  const { lines } = await rig.ask(adminRoutes.adminAudit);
  const [newest] = lines;
  assert.deepEqual(
    [newest?.actor, newest?.action, newest?.object, newest?.outcome, newest?.reason],
    ["player_root", "node.drain", "none/1", "NODE_NOT_FOUND", reason],
  );
  assert.ok(lines.some(({ action, outcome }) => action === "match.close" && outcome === "done"));
  assert.ok(
    lines.every(({ position }, index) => index === 0 || position < (lines[index - 1]?.position ?? 0)),
  );
  assert.deepEqual(await rig.ask(adminRoutes.adminAuditCheck), { is_whole: true, broken_at: null });
  const page = await rig.ask(adminRoutes.adminAudit, { query: { limit: "1", after: `${newest?.position}` } });
  assert.deepEqual(page.lines, lines.slice(1, 2));
});

test("[AD7] [AD14] uploaded rules and the audit are there after a restart; so they are until the nodes' own are adopted", async () => {
  await using own = await AdminRig.alone();
  const rules = '[[modes]]\nid = "quick"\n[modes.search]\nwidening = [{ after = 0, gap = "any" }]\n';
  const { version } = await own.ask(adminRoutes.adminRulesUpload, { body: { rules, reason } });
  assert.equal(version, 2);
  await own.nodes[0]?.stop();
  const { data_dir = "" } = own.deployment.nodes[0] ?? {};
  const file = await openSqliteFile({ path: join(data_dir, shardFileName) });
  assert.equal((await file.archive().audit({ limit: 9 })).length, 1);
  await file.close();
  await own.start(0);
  const after = await own.ask(adminRoutes.adminRules);
  assert.deepEqual(
    [after.version, after.uploaded_by, after.versions[0]?.modes],
    [2, "player_root", ["quick"]],
  );
  assert.equal((await own.ask(adminRoutes.adminAudit)).lines[0]?.action, "rules.configure");
  const rolled = await own.ask(adminRoutes.adminRulesRollback, { body: { version: 1, reason } });
  assert.equal(rolled.version, 3);
  const [newest, , oldest] = (await own.ask(adminRoutes.adminRules)).versions;
  assert.equal(newest?.sha256, oldest?.sha256);
  const unknown = { body: { version: 7, reason } };
  assert.equal(await own.code(adminRoutes.adminRulesRollback, unknown), "RULES_NOT_FOUND");
  await own.ask(adminRoutes.adminRulesUpload, { body: { rules, reason } });
  await own.ask(adminRoutes.adminRulesAdopt, { body: { reason } });
  await until(async () => (await own.ask(adminRoutes.adminRules)).version === 5);
  const adopted = await own.ask(adminRoutes.adminRules);
  assert.deepEqual([adopted.uploaded_by, adopted.versions[0]?.sha256], [null, oldest?.sha256]);
  assert.equal(await own.code(adminRoutes.adminRulesAdopt, { body: { reason } }), "INVALID_STATE");
});
