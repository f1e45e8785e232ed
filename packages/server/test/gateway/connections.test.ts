import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { closeCodes } from "@matchforge/protocol";
import { GatewayRig } from "./gateway-rig.ts";

let rig: GatewayRig;
before(async () => {
  rig = await GatewayRig.start();
});
after(() => rig.stop());

test("[Q8] a socket that is reset while its upgrade is refused harms nobody", async () => {
  for (let round = 0; round < 20; round += 1) {
    await new Promise<void>((resolve) => {
      const socket = connect(rig.port, "127.0.0.1");
      const key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
      const head = `GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n`;
      socket.on("close", () => resolve());
      socket.write(head, () => socket.resetAndDestroy());
    });
  }
  const client = await rig.signIn("player_survivor");
  assert.equal((await client.ask("queue.leave", {})).type, "error");
});

test("[Q9] a message in more frames than allowed closes the connection", async () => {
  const client = await rig.signIn("player_fragments");
  for (const piece of '{"type":"queue.leave"') client.socket.send(piece, { fin: false });
  assert.equal(await client.closed(), closeCodes.policyViolation.code);
});

test("[Q10] who goes on sending over the limit is sent away, even if a message gets through now and then", async () => {
  const client = await rig.signIn("player_flood");
  for (let round = 0; round < 20; round += 1) {
    for (let count = 0; count < 10; count += 1) client.send("queue.leave", {});
    rig.pass(50);
  }
  assert.equal(await client.closed(), closeCodes.flooding.code);
});
