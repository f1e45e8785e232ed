import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  everybodyAsks,
  leave,
  playByRequests,
  playOut,
  playOverSockets,
  type SecretMatch,
} from "./secrecy-play.ts";
import { SecrecyWorld } from "./secrecy-world.ts";
import type { Told } from "./told.ts";

/** Who hears what nobody in particular is told. */
const publicEars = ["nobody", "log", "stream", "channels"];

let told: Told;
const matches: SecretMatch[] = [];
before(async () => {
  await using world = await SecrecyWorld.start();
  ({ told } = world);
  await world.socket("player_eve", "player_eve");
  const servers = [await world.server("server one"), await world.server("server two")];
  matches.push(await playOverSockets(world, servers), await playByRequests(world, servers));
  await everybodyAsks(world, matches);
  const [first, second] = matches;
  await playOut(world, first ?? assert.fail());
  await leave(world, second ?? assert.fail());
  await everybodyAsks(world, matches);
});

/** Who heard a secret and may not have, and where. */
function wrongly(secret: string, allowed: readonly string[]): readonly string[] {
  return [...told.whoHeard(secret)]
    .filter(([who]) => !allowed.includes(who))
    .map(([who, where]) => `${who}: ${where}`);
}

test("[AZ7] where a match is played is told to its players, its server and operators alone", () => {
  for (const { server, players } of matches) {
    const allowed = [...players, server.name, "admin"];
    assert.deepEqual(wrongly(server.address, allowed), []);
    for (const who of [...players, "admin"])
      assert.ok(told.whoHeard(server.address).has(who), `${who} was never told`);
  }
});

test("[AZ8] a match ticket is told to its player alone", () => {
  const passes = told.passes().filter(({ kind }) => kind === "match-ticket+jwt");
  const wrong = passes.filter(({ who, subject }) => who !== subject);
  assert.deepEqual(wrong, []);
  for (const player of matches.flatMap(({ players }) => players))
    assert.ok(
      passes.some(({ who }) => who === player),
      `${player} was never told`,
    );
});

test("[AZ9] the credential of a match is told to its server alone", () => {
  const credentials = told.passes().filter(({ kind }) => kind === "match-credential+jwt");
  const serverOf = (match: string) => matches.find(({ id }) => id === match)?.server.name;
  assert.deepEqual(
    credentials.filter(({ who, subject }) => who !== serverOf(subject)),
    [],
  );
  for (const { id } of matches) assert.ok(credentials.some(({ subject }) => subject === id));
});

test("[AZ10] what a server says of itself beside its address is told to itself and operators", () => {
  for (const { server, id } of matches) {
    for (const secret of [server.instance, server.label, server.id])
      assert.deepEqual(wrongly(secret, [server.name, "admin"]), []);
    assert.deepEqual(wrongly(`allocate:${id}`, ["admin"]), []);
  }
});

test("[AZ10] log, metrics, stream, channels and public pages have no token and no pass", () => {
  const passes = told.passes().filter(({ who }) => publicEars.includes(who));
  assert.deepEqual(passes, []);
  for (const who of publicEars.filter((one) => one !== "log"))
    assert.ok((told.counts.get(who) ?? 0) > 0, `${who} heard nothing`);
  // A session's token goes the other way.
  assert.deepEqual(
    told.passes().filter(({ kind }) => kind === "JWT"),
    [],
  );
});
