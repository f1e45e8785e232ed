import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { wireLimits } from "@matchforge/protocol";
import { GatewayRig } from "./gateway-rig.ts";

let rig: GatewayRig;
before(async () => {
  rig = await GatewayRig.start();
});
after(() => rig.stop());

test("[B12] while nothing changes who waits hears so every ten seconds, and not before", async () => {
  const client = await rig.signIn("player_a");
  await client.ask("queue.enter", { game_type: "duel" });
  const updates = async () => {
    await client.heard();
    return client.messages.filter(({ type }) => type === "queue.update").length;
  };
  const replies = await updates();
  await rig.passServing(wireLimits.queueUpdateMaxIntervalMs - wireLimits.queueUpdateMinIntervalMs);
  assert.equal(await updates(), replies);
  await rig.passServing(wireLimits.queueUpdateMinIntervalMs);
  assert.equal(await updates(), replies + 1);
});
