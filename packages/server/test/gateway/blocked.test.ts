import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { GatewayRig } from "./gateway-rig.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

test("[PW24] who is blocked is not met, and not told", async () => {
  const [ada, bob, cyd] = [
    await rig.signIn("player_a"),
    await rig.signIn("player_b"),
    await rig.signIn("player_c"),
  ];
  await bob.ask("queue.enter", { game_type: "duel" });
  await ada.ask("queue.enter", { game_type: "duel", blocked: ["player_b"] });
  await cyd.ask("queue.enter", { game_type: "duel" });
  const { data } = await cyd.next("match.found");
  const others = [ada, bob].filter((client) => client.messages.some(({ type }) => type === "match.found"));
  assert.equal(others.length, 1);
  assert.ok(data.match_id.startsWith("match_"));
  assert.ok(!bob.messages.some((message) => JSON.stringify(message).includes("blocked")));
});

test("[PW24] a list of more than sixty, or of what is no id, is refused", async () => {
  const ada = await rig.signIn("player_a");
  const many = Array.from({ length: 61 }, (_, id) => `player_${id}`);
  for (const blocked of [many, [7], "player_b"]) {
    const reply = await ada.ask("queue.enter", { game_type: "duel", blocked } as never);
    assert.equal(reply.type === "error" && reply.data.code, "INVALID_FIELD");
  }
});
