import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "@matchforge/testbed";
import { Tokens } from "../../src/auth/tokens.ts";
import { systemClock } from "../../src/shard/threads/system-clock.ts";
import { HttpRig } from "./http-rig.ts";

test("[EG11] a server whose question is cut is not heard any more, and nothing waits for it", async (t) => {
  let waiting = 0;
  /** Knows how many waits are outstanding. */
  const after = (delayMs: number, call: () => void) => {
    let isOutstanding = true;
    waiting += 1;
    const end = () => {
      if (isOutstanding) waiting -= 1;
      isOutstanding = false;
    };
    const cancel = systemClock.after(delayMs, () => {
      end();
      call();
    });
    return () => {
      end();
      cancel();
    };
  };
  const rig = await HttpRig.start(() => ({ clock: { ...systemClock, after } }));
  t.after(() => rig.stop());
  const secret = "ab".repeat(32);
  const tokens = new Tokens({ secret, jwks: null, issuer: null, audience: "matchforge", shard: "main" });
  const token = await tokens.mint({ server: "server_one", expiresAt: Date.now() + 60_000 });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const offer = { instance: "1", address: "203.0.113.7:1", capacity: 1 };
  const registered = await rig.get("/api/v1/servers", {
    method: "POST",
    headers,
    body: JSON.stringify(offer),
  });
  const { epoch } = (await registered.json()) as { epoch: number };
  const path = `/api/v1/servers/server_one/matches?epoch=${epoch}`;
  const { version } = (await (await rig.get(path, { headers })).json()) as { version: string };

  const question = new AbortController();
  const { signal } = question;
  const answer = rig.get(`${path}&since=${version}&wait=30`, { headers, signal });
  // The end of the waiting time, and the next sign of life.
  await waitUntil(() => waiting >= 2, { what: "the question", withinMs: 5_000 });
  question.abort();
  await assert.rejects(answer);
  await waitUntil(() => waiting === 0, { what: "the end of the question", withinMs: 10_000 });
});
