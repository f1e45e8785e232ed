import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerRig } from "../e2e/server-rig.ts";

for (const limit of ["connections_max", "connections_per_address_max"]) {
  test(`[H20] beyond ${limit} a new connection is told so and closed, until another one leaves`, async () => {
    const rig = await ServerRig.start({ [limit]: "2" });
    const inside = await rig.player();
    const leaving = await rig.player();
    const over = await rig.socket();
    const { code, retry_after_ms } = (await over.next("error")).data;
    assert.equal(code, "POOL_FULL");
    assert.ok((retry_after_ms ?? 0) > 0);
    assert.equal(await over.client.closed(), 1013);
    leaving.client.socket.close();
    await leaving.client.closed();
    assert.equal(await (await rig.player()).code("queue.leave", {}), "NOT_IN_QUEUE");
    assert.equal(await inside.code("queue.leave", {}), "NOT_IN_QUEUE");
    await rig.stop();
  });
}
