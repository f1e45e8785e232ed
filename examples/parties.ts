/**
 * Five against five with roles: a party of three, a party of two and five who come alone make one match.
 *
 * Run: npx node examples/parties.ts
 */
import { createMatchForge, defineMode, fiveVsFive, type JoinRequest } from "matchforge";

type PlayerId = JoinRequest["player"];

const forge = createMatchForge({
  modes: [
    defineMode({
      id: "team_5v5",
      ...fiveVsFive,
      roles: [
        { role: "tank", count: 1 },
        { role: "healer", count: 1 },
        { role: "dps", count: 3 },
      ],
      rating: {
        system: "glicko2",
        initial: 1500,
        deviation: 350,
        volatility: 0.06,
        tau: 0.5,
        periodsPerMatch: 1,
      },
      search: {
        widening: { kind: "linear", gap: 300, perSecond: 10, max: 1000 },
        avoidRematch: null,
        regions: { names: ["us-east", "eu-west"], latencyMax: [{ afterMs: 0, latencyMs: 80 }] },
      },
      readyCheckMs: null,
      countdownMs: 0,
    }),
  ],
});

/** What the game knows of a player from before. */
const rated = (rating: number) => [
  { mode: "team_5v5", rating, deviation: 290, volatility: 0.06, games: 20, wins: 10, meanWpm: 0 },
];
const near = { "us-east": 30 };

/** Makes a party whose first member leads; returns its id. */
function gather(members: readonly (readonly [PlayerId, number, readonly string[]])[]) {
  const [[leader, rating], ...others] = members;
  forge.connect(leader, rated(rating));
  const made = forge.parties.create({ leader, sizeMax: 5 });
  if (!made.ok) throw new Error(made.code);
  for (const [player, points, roles] of others) {
    forge.connect(player, rated(points));
    const added = forge.parties.add({ party: made.party, player, roles, latencies: near });
    if (!added.ok) throw new Error(added.code);
  }
  return made.party;
}

const three = gather([
  ["player_ada", 1500, ["tank"]],
  ["player_bob", 1500, ["healer"]],
  ["player_cyd", 1550, ["dps"]],
]);
const two = gather([
  ["player_dan", 1480, ["dps"]],
  ["player_eve", 1480, ["dps"]],
]);
console.log(
  `the party of three is rated ${forge.parties.ratingOf({ party: three, mode: "team_5v5" })?.toFixed(0)}`,
);

forge.join({ player: "player_ada", mode: "team_5v5", party: three, roles: ["tank"], latencies: near });
forge.join({ player: "player_dan", mode: "team_5v5", party: two, roles: ["dps"], latencies: near });

const alone: readonly (readonly [PlayerId, number, readonly string[]])[] = [
  ["player_fay", 1520, ["dps"]],
  ["player_gil", 1490, ["dps", "tank"]],
  ["player_hal", 1510, ["tank", "dps"]],
  ["player_ida", 1530, ["healer"]],
  ["player_jon", 1470, ["dps"]],
];
for (const [player, rating, roles] of alone) {
  forge.connect(player, rated(rating));
  const joined = forge.join({ player, mode: "team_5v5", roles, latencies: near });
  if (!joined.ok) throw new Error(joined.code);
}

forge.on("match.created", ({ players, region, quality, winProbabilities }) => {
  console.log(`a match in ${region}, team means ${quality.ratingGap.toFixed(0)} points apart`);
  for (const team of [0, 1]) {
    const members = players.filter((player) => player.team === team);
    console.log(
      `team ${team + 1}: ${members.map(({ player, role }) => `${player.slice(7)} (${role})`).join(", ")}`,
    );
  }
  console.log(`the first team wins with ${(winProbabilities[0] * 100).toFixed(0)} %`);
});
forge.tick(1_000);

const match = forge.matchOf("player_ada");
if (match === undefined) throw new Error("no match was formed");
forge.finish({ match: match.id, ranks: [1, 2] });
console.log(
  "the best:",
  forge.leaderboard({ mode: "team_5v5", limit: 3 }).map(({ player }) => player.slice(7)),
);
