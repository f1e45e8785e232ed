import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, test } from "node:test";
import { MatchForgeClient, signInAsGuest } from "@matchforge/client";
import type { ServerMessages } from "@matchforge/protocol";
import { pino } from "pino";
import { Coordinator, loadConfig, parseRules } from "../../src/index.ts";
import { Player } from "./player.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const rulesText = `
[[modes]]
id = "brawl"
game = "external"
maps = ["Old Harbour"]
rating = { system = "elo", k = 32, initial = 1200, rounding = "truncate" }
countdown = 0.1
duration = 60
grace = 20
[modes.format]
teams = [2, 2]
party_size_max = 2
roles = [{ role = "tank", count = 1 }, { role = "healer", count = 1 }]
[modes.search]
widening = [{ after = 0, gap = "any" }]
[modes.search.regions]
names = ["eu", "us"]
latency = [{ after = 0, max_ms = 100 }]
[modes.ready_check]
timeout = 20
`;

const dataDir = temporaryFolder();
const players: Player[] = [];
let coordinator: Coordinator;
before(async () => {
  const config = loadConfig({ file: undefined, environment: {}, given: { port: "0", data_dir: dataDir } });
  const rules = parseRules(rulesText, "brawl.toml");
  assert.ok(config.ok && rules.ok, JSON.stringify({ config, rules }));
  coordinator = await Coordinator.start({
    config: config.config,
    rules: rules.rules,
    logger: pino({ level: "silent" }),
    onFatal: (error) => {
      throw error;
    },
  });
});
after(async () => {
  for (const player of players) player.terminate();
  await coordinator.stop();
  rmSync(dataDir, { recursive: true, force: true });
  assert.deepEqual(
    players.flatMap(({ faults }) => faults),
    [],
  );
});

async function guest(): Promise<Player> {
  const player = await Player.open(coordinator.url);
  players.push(player);
  const { token, player_id } = await signInAsGuest(coordinator.url);
  await player.signIn({ token, id: player_id });
  return player;
}

/** Two guests in one party: a healer who leads, and a tank who is ready. */
async function party(): Promise<{ readonly id: string; readonly leader: Player; readonly mate: Player }> {
  const [leader, mate] = [await guest(), await guest()];
  const made = await leader.ask("party.create", { size_max: 2 });
  assert.ok(made.type === "party.update");
  const { party_id } = made.data;
  await leader.ask("party.invite", { party_id, player_id: mate.id });
  assert.deepEqual((await mate.next("party.invitation")).data.party_id, party_id);
  assert.equal((await mate.ask("party.join", { party_id })).type, "party.update");
  const said = { ready: true, roles: ["tank"], latencies: { us: 40, eu: 300 } };
  assert.equal((await mate.ask("party.ready", { party_id, ...said })).type, "party.update");
  return { id: party_id, leader, mate };
}

const entry = { game_type: "brawl", roles: ["healer"], latencies: { eu: 20, us: 90 } };

/** What every player was told of the match, held against what all of them must be told. */
function checkFound(
  told: readonly ServerMessages["match.found"][],
  sides: readonly (readonly Player[])[],
): void {
  const [{ players: seats }] = told;
  const teams = sides.map(([leader]) => seats?.find(({ player_id }) => player_id === leader?.id)?.team);
  assert.deepEqual([...teams].sort(), [0, 1]);
  for (const found of told) {
    assert.deepEqual([found.opponent, found.region, found.map], [null, "us", "Old Harbour"]);
    assert.deepEqual(
      found.players?.map(({ player_id, team, role }) => [player_id, team, role]).sort(),
      sides
        .flatMap((side, index) =>
          side.map(({ id }, place) => [id, teams[index], place === 0 ? "healer" : "tank"]),
        )
        .sort(),
    );
  }
}

test("[PW15] [PW19] two parties of two go from party.create to the result of their match", async () => {
  const [one, two] = [await party(), await party()];
  const stranger = await guest();
  for (const { id, leader, mate } of [one, two]) {
    assert.equal((await leader.ask("queue.enter", { ...entry, party_id: id })).type, "queue.update");
    assert.equal((await mate.next("queue.update")).data.status, "searching");
  }
  const sides = [
    [one.leader, one.mate],
    [two.leader, two.mate],
  ];
  const everybody = sides.flat();
  const told = (await Promise.all(everybody.map((player) => player.next("match.found")))).map(
    ({ data }) => data,
  );
  checkFound(told, sides);
  const { match_id } = told[0];
  for (const player of everybody) assert.equal((await player.accept(match_id)).type, "ok");
  await Promise.all(everybody.map((player) => player.next("game.started")));
  for (const player of sides[1] ?? [])
    assert.equal((await player.ask("match.abandon", { match_id })).type, "ok");
  const results = await Promise.all(everybody.map((player) => player.next("game.result")));
  assert.deepEqual(
    results.map(({ data }) => [data.end_reason, data.rating_change, data.opponent_stats]),
    [16, 16, -16, -16].map((change) => ["forfeit", change, null]),
  );
  for (const { data } of results) {
    const won = data.players?.filter(({ outcome }) => outcome === "win").map(({ player_id }) => player_id);
    assert.deepEqual(won?.sort(), [one.leader.id, one.mate.id].sort());
  }
  await Promise.all(everybody.map((player) => player.next("match.settled")));
  // The party outlives its match: it can queue again as soon as its members are ready.
  const readied = await one.mate.ask("party.ready", { party_id: one.id, ready: true });
  assert.ok(readied.type === "party.update" && readied.data.members.length === 2);
  assert.equal((await one.leader.ask("queue.enter", { ...entry, party_id: one.id })).type, "queue.update");
  await one.mate.ask("party.leave", { party_id: one.id });
  assert.equal((await one.leader.next("queue.ended")).data.reason, "party_changed");
  assert.equal(await stranger.code("queue.leave", {}), "NOT_IN_QUEUE");
  assert.deepEqual(stranger.story(), ["auth.success", "session.sync", "error"]);
});

test("[PW19] by the SDK a party is made, joined and shown", async () => {
  const [ada, bob] = await Promise.all([connected(), connected()]);
  const invitation = new Promise<ServerMessages["party.invitation"]>((resolve) =>
    bob.client.on("party.invitation", resolve),
  );
  const { party_id } = await ada.client.request("party.create", {});
  await ada.client.request("party.invite", { party_id, player_id: bob.id });
  assert.deepEqual([(await invitation).party_id, (await invitation).from], [party_id, ada.id]);
  const { members } = await bob.client.request("party.join", { party_id });
  assert.deepEqual(
    members.map(({ player_id }) => player_id),
    [ada.id, bob.id],
  );
  const ended = new Promise((resolve) => bob.client.on("party.ended", ({ reason }) => resolve(reason)));
  assert.deepEqual(await ada.client.request("party.disband", { party_id }), {});
  assert.equal(await ended, "disbanded");
  for (const { client } of [ada, bob]) client.close();
});

async function connected(): Promise<{ readonly client: MatchForgeClient; readonly id: string }> {
  const { token, player_id } = await signInAsGuest(coordinator.url);
  const client = new MatchForgeClient({ url: coordinator.url, token });
  await client.connect();
  return { client, id: player_id };
}
