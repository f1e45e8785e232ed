/**
 * A matcher of your own: here the strongest come first, and only those meet who brought along the same arena. It only
 * suggests; the kernel checks every match by the mode's rules, and a mode whose matcher fails is left alone for a while.
 *
 * Run: npx node examples/custom-matcher.ts
 */
import { createMatchForge, defineMode, type Matcher } from "matchforge";

/** Strong players first, each with the nearest who wants the same arena and may meet them. */
const strongestFirst: Matcher = {
  propose({ tickets, accepts, customOf, matchesMax }) {
    const left = [...tickets].sort((one, other) => other.rating - one.rating);
    const matches = [];
    while (left.length >= 2 && matches.length < matchesMax) {
      const [first, ...others] = left;
      const second = others.find(
        (other) => customOf(other.ticketId) === customOf(first.ticketId) && accepts(first, other) === null,
      );
      left.shift();
      if (second === undefined) continue;
      left.splice(left.indexOf(second), 1);
      matches.push({
        teams: [[first.ticketId], [second.ticketId]],
        costSecs: (first.rating - second.rating) / 10,
      });
    }
    return matches;
  },
};

/** A matcher with a mistake in it: its mode waits, all others go on. */
const mistaken: Matcher = {
  propose() {
    throw new Error("a mistake");
  },
};

const base = {
  rating: { system: "elo", k: 32, initial: 1200, rounding: "none" },
  readyCheckMs: null,
} as const;
const forge = createMatchForge({
  plugins: { matchers: { strongest_first: strongestFirst, mistaken } },
  modes: [
    defineMode({ id: "cup", ...base, matcher: "strongest_first" }),
    defineMode({ id: "broken", ...base, matcher: "mistaken" }),
  ],
});

forge.on("match.created", ({ mode, players, quality }) => {
  const names = players.map(({ player, rating }) => `${player.slice(7)} (${rating})`).join(" meets ");
  console.log(`${mode}: ${names}, a cost of ${quality.costSecs.toFixed(0)} s`);
});
forge.on("violation", ({ code, detail }) => console.log(`${code}: ${detail}`));

const wishes = {
  ada: [1900, "ice"],
  bob: [1400, "sand"],
  cyd: [1850, "ice"],
  dan: [1450, "sand"],
  fay: [1880, "sand"],
} as const;
for (const [name, [rating, arena]] of Object.entries(wishes)) {
  const record = { rating, deviation: 90, volatility: 0.06, games: 30, wins: 15, meanWpm: 0 };
  forge.connect(`player_${name}`, [{ ...record, mode: "cup" }]);
  forge.join({ player: `player_${name}`, mode: "cup", custom: { arena } });
}
forge.join({ player: "player_eve", mode: "broken" });
forge.tick(1_000);
console.log(
  `${forge.waiting({ mode: "cup" })} wait in the cup, ${forge.waiting({ mode: "broken" })} where it broke`,
);
