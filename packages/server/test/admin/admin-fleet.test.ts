import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { adminRoutes } from "@matchforge/protocol/schemas";
import { AdminRig, until } from "./admin-rig.ts";

const reason = "planned work";

let rig: AdminRig;
beforeEach(async () => {
  rig = await AdminRig.pair();
});
afterEach(() => rig[Symbol.asyncDispose]());

/** The nodes of the shard, as the listener of one of them tells. */
async function nodes(index = 0) {
  return (await rig.ask(adminRoutes.adminNodes, {}, index)).nodes;
}

test("[AD10] an announcement reaches everybody who is connected, on whichever node", async () => {
  const players = [await rig.player(0), await rig.player(1)];
  const body = { text: "Maintenance at ten. 👋", severity: "warning", reason };
  const { announcement_id } = await rig.ask(adminRoutes.adminAnnouncement, { body });
  assert.match(announcement_id, /^announcement_\d+$/);
  for (const player of players) {
    const { data } = await player.next("system.announcement");
    assert.deepEqual(data, { message: body.text, severity: "warning" });
  }
  assert.equal(
    await rig.code(adminRoutes.adminAnnouncement, { body: { ...body, text: "" } }),
    "INVALID_FIELD",
  );
});

test("[AD11] an operator of one node drains the other, whose players go on elsewhere", async () => {
  await until(async () => (await nodes()).length === 2);
  const other = (await nodes()).find(({ is_asked }) => !is_asked);
  const player = await rig.player(1);
  const drained = rig.nodes[1];
  const body = { reason };
  const params = { node: other?.node ?? "" };
  assert.deepEqual((await rig.ask(adminRoutes.adminNodeDrain, { params, body })).node, params.node);
  await drained?.drainAsked;
  const stopping = drained?.stop();
  await player.next("server.draining");
  await stopping;
  await until(async () => (await nodes()).every(({ is_asked, is_draining }) => is_asked || is_draining));
  assert.equal(await rig.code(adminRoutes.adminNodeDrain, { params, body }), "INVALID_STATE");
  const { lines } = await rig.ask(adminRoutes.adminAudit);
  assert.deepEqual(
    lines.map(({ action, object, outcome }) => [action, object, outcome]),
    [
      ["node.drain", params.node, "INVALID_STATE"],
      ["node.drain", params.node, "done"],
    ],
  );
});

test("[AD7] uploaded rules are in force on every node, and hold when another one leads", async () => {
  const rules = '[[modes]]\nid = "uploaded"\n[modes.search]\nwidening = [{ after = 0, gap = "any" }]\n';
  const { version } = await rig.ask(adminRoutes.adminRulesUpload, { body: { rules, reason } });
  const rulesAt = async (index: number) => {
    const { version: inForce, versions } = await rig.ask(adminRoutes.adminRules, {}, index);
    return [inForce, versions[0]?.modes];
  };
  await until(async () => (await rulesAt(1))[0] === version);
  await rig.nodes[0]?.stop();
  await until(async () => (await nodes(1)).some(({ is_asked, is_leader }) => is_asked && is_leader));
  // Whoever leads has brought its own rules in before it opens the next secret epoch or turns the next beat.
  await rig.ask(adminRoutes.adminAnnouncement, { body: { text: "hello", reason } }, 1);
  await rig.start(0);
  for (const index of [0, 1]) assert.deepEqual(await rulesAt(index), [version, ["uploaded"]]);
  const lines = await rig.ask(adminRoutes.adminAudit, {}, 0);
  assert.deepEqual(
    lines.lines.map(({ action }) => action),
    ["announce", "rules.configure"],
  );
});
