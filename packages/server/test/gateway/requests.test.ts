import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { wireLimits } from "@matchforge/protocol";
import { GatewayRig } from "./gateway-rig.ts";

let rig: GatewayRig;
beforeEach(async () => {
  rig = await GatewayRig.start();
});
afterEach(() => rig.stop());

/** Fewer than the rate allows at once, and how long until it allows as many again. */
const atOnce = wireLimits.messagesPerSecond - 5;
const untilAllowedMs = (atOnce / wireLimits.messagesPerSecond) * 1_000;

test("[Q15] one request too many is refused with the time to wait; those before it are answered in their order", async () => {
  const client = await rig.signIn("player_a");
  const release = rig.holdCommands();
  const sent: string[] = [];
  const inFlight = 1;
  for (let count = 0; count < inFlight + wireLimits.commandsWaitingMax + 1; count += 1) {
    if (count > 0 && count % atOnce === 0) {
      await client.heard();
      rig.pass(untilAllowedMs);
    }
    const enters = count % 2 === 0;
    sent.push(enters ? client.send("queue.enter", { game_type: "duel" }) : client.send("queue.leave", {}));
  }
  const excess = sent.pop() ?? "";
  const refusal = await client.reply(excess);
  assert.ok(refusal.type === "error" && refusal.data.code === "TOO_MANY_IN_FLIGHT");
  assert.ok((refusal.data.retry_after_ms ?? 0) > 0);
  release();
  await client.reply(sent.at(-1) ?? "");
  const replies = client.messages.filter(({ id }) => sent.includes(id));
  assert.deepEqual(
    replies.map(({ id, type }) => [id, type]),
    sent.map((id, index) => [id, index % 2 === 0 ? "queue.update" : "ok"]),
  );
});
