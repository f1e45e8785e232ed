/**
 * A rating system and a decay of your own. Both are plain functions: the kernel calls the system by the name the
 * mode uses, and checks every answer.
 *
 * Run: npx node examples/custom-rating.ts
 */
import {
  createMatchForge,
  type Decay,
  defaultRating,
  defineMode,
  type Rating,
  type RatingSystem,
} from "matchforge";

/** Points for a win, more of them against a stronger side; newcomers move twice as fast. */
const pointsForWins: RatingSystem = {
  initial: () => ({ ...defaultRating, rating: 1000 }),
  rate: (teams) =>
    teams.map(({ ratings, rank }) => {
      const rivals = meanOf(teams.filter((team) => team.ratings !== ratings).flatMap((team) => team.ratings));
      const won = rank === 1 ? 1 : -1;
      return ratings.map((one): Rating => {
        const surprise = 1 + (won * (rivals - one.rating)) / 800;
        const step = (one.games < 10 ? 40 : 20) * Math.min(2, Math.max(0, surprise));
        return { ...one, rating: Math.max(0, one.rating + won * step), games: one.games + 1 };
      });
    }),
  predict: (teams) => {
    const means = teams.map(({ ratings }) => Math.max(1, meanOf(ratings)));
    const sum = means.reduce((total, mean) => total + mean, 0);
    return means.map((mean) => mean / sum);
  },
};

/** The strong lose more by staying away, and nobody falls below the beginning. */
const strongLoseMore: Decay = (rating, idleDays) => {
  const lost = idleDays * (rating.rating > 1500 ? 3 : 1);
  return { ...rating, rating: Math.max(Math.min(rating.rating, 1000), rating.rating - lost) };
};

function meanOf(ratings: readonly Rating[]): number {
  return ratings.reduce((sum, { rating }) => sum + rating, 0) / ratings.length;
}

const forge = createMatchForge({
  plugins: { ratings: { points_for_wins: pointsForWins } },
  modes: [
    defineMode({
      id: "ladder",
      rating: { system: "custom", name: "points_for_wins" },
      readyCheckMs: null,
      countdownMs: 0,
    }),
  ],
});

forge.on("match.created", ({ winProbabilities }) => {
  console.log(`chances: ${winProbabilities.map((chance) => `${(chance * 100).toFixed(0)} %`).join(" to ")}`);
});

for (let game = 1; game <= 3; game += 1) {
  forge.join({ player: "player_ada", mode: "ladder" });
  forge.join({ player: "player_bob", mode: "ladder" });
  forge.tick(game * 200_000); // a rematch is avoided for two minutes
  const match = forge.matchOf("player_ada");
  if (match === undefined) throw new Error("no match was formed");
  const adaIsFirst = match.players[0].id === "player_ada";
  forge.finish({ match: match.id, ranks: adaIsFirst ? [1, 2] : [2, 1] });
}

for (const { player, record } of forge.leaderboard({ mode: "ladder", limit: 2 })) {
  const idle = strongLoseMore(record, 30);
  console.log(`${player}: ${record.rating.toFixed(0)} points, ${idle.rating.toFixed(0)} after a month away`);
}
