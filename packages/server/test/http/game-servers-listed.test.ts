import assert from "node:assert/strict";
import { test } from "node:test";
import { GameServerRig } from "./game-server-rig.ts";

const path = (what: string) => `/api/v1/servers/server_listed${what}`;

test("[EG10] a server of the list hears of its matches, is never missed, and stays on the list", async (t) => {
  const rig = await GameServerRig.start();
  t.after(() => rig.stop());
  const offer = { address: "203.0.113.7:1", region: null, capacity: 3, labels: {} };
  const listed = {
    server: "server_listed",
    allocator: "static",
    instance: "listed",
    isHeard: false,
  } as const;
  assert.ok((await rig.node.submit({ type: "server.up", ...listed, offer })).ok);
  const server = () => rig.node.state.servers.get("server_listed");

  const epoch = await rig.register("listed", { address: "203.0.113.9:9", capacity: 1 });
  assert.equal(epoch, server()?.epoch);
  assert.deepEqual(server()?.offer, offer);

  const token = await rig.serverToken("listed");
  const draining = { token, body: { epoch, draining: true } };
  assert.equal(await rig.codeOf("POST", path("/heartbeat"), draining), 200);
  assert.equal(await rig.codeOf("GET", path(`/matches?epoch=${epoch}`), { token }), 200);
  assert.equal(await rig.codeOf("DELETE", path(`?epoch=${epoch}`), { token }), "FORBIDDEN");
  assert.equal(server()?.draining, true);

  assert.equal(await rig.register("listed", { instance: "another" }), epoch);
  assert.equal(server()?.draining, false);
  // What the node hears of this other server it tells in one entry with all that it has heard before.
  const other = await rig.register("other");
  await rig.http.gateway.passShardTime(1_000);
  const told = rig.http.gateway.state(
    ({ servers, time }) => (servers.get("server_other")?.lastHeardAt ?? 0) >= time - 100,
  );
  const beat = { token: await rig.serverToken("other"), body: { epoch: other } };
  assert.equal(await rig.codeOf("POST", "/api/v1/servers/server_other/heartbeat", beat), 200);
  await told;
  assert.equal(server()?.lastHeardAt, null);
  assert.equal(await rig.codeOf("GET", path(`/matches?epoch=${epoch}`), { token }), 200);
});
