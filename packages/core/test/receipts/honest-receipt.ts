import fc from "fast-check";
import {
  commitText,
  composeSequence,
  defineMode,
  duelSearch,
  hmacSha256Hex,
  type MatchId,
  type ModeRules,
  type Receipt,
  type ReceiptResult,
  rulesHash,
  sha256Hex,
  shareOf,
  splitPot,
  type TicketFact,
  ticketHash,
} from "../../src/index.ts";

const stakes = [
  { tier: "bronze", stake: "50" },
  { tier: "gold", stake: "301" },
];

/** Modes that receipts are made of. */
export const modes: Readonly<Record<string, ModeRules>> = {
  duel: defineMode({ id: "duel", game: "typing_duel", stakes }),
  free: defineMode({ id: "free" }),
  squad: defineMode({ id: "squad", teams: [3, 3], partySizeMax: 3, stakes, burnBps: 1_000 }),
  crews: defineMode({
    id: "crews",
    teams: [
      { min: 3, max: 8 },
      { min: 3, max: 8 },
    ],
    sizeDifferenceMax: 2,
    partySizeMax: 8,
    stakes,
  }),
  raid: defineMode({
    id: "raid",
    teams: [
      { min: 3, max: 8 },
      { min: 3, max: 8 },
    ],
    search: { ...duelSearch, sideDifferenceMax: 2 },
    stakes,
    stakePer: "side",
  }),
  hunt: defineMode({
    id: "hunt",
    game: "typing_duel",
    stakes,
    round: { playersMin: 2, playersMax: 8, registrationMs: 60_000, extensionMs: 60_000 },
  }),
};

/** By team, how many players each ticket has. */
export const parties: Readonly<Record<string, readonly (readonly number[])[]>> = {
  duel: [[1], [1]],
  free: [[1], [1]],
  squad: [
    [2, 1],
    [1, 1, 1],
  ],
  crews: [[4], [5]],
  raid: [[4], [6]],
  hunt: [[1], [1], [1]],
};

/** How far a match has come when its receipt is asked for. */
export type Stage = "found" | "over" | "revealed";

/** What is chosen of an honest receipt; the rest follows. */
export interface Choice {
  readonly mode: string;
  readonly tier: "bronze" | "gold";
  readonly stage: Stage;
  readonly isTie: boolean;
  /** The team whose first ticket asks; null: a stranger does. */
  readonly asker: number | null;
  readonly match: MatchId;
  readonly secret: string;
}

export const choices: fc.Arbitrary<Choice> = fc.record({
  mode: fc.constantFrom(...Object.keys(modes)),
  tier: fc.constantFrom("bronze" as const, "gold" as const),
  stage: fc.constantFrom("found" as const, "over" as const, "revealed" as const),
  isTie: fc.boolean(),
  asker: fc.constantFrom(null, 0, 1),
  match: fc.nat().map((id): MatchId => `match_${id}`),
  secret: fc.nat().map((id) => sha256Hex(`secret ${id}`)),
});

/** The receipt a server that cheats nobody gives. */
export function honestReceipt({ mode: id, tier: chosen, stage, asker, ...choice }: Choice): Receipt {
  const mode = modes[id];
  const { match, secret } = choice;
  const tier = mode.stakes.length === 0 ? null : chosen;
  const facts = factsOf(parties[id]);
  const salt = (fact: TicketFact) => hmacSha256Hex(secret, `receipt:${fact.ticket}`);
  const isOver = stage !== "found";
  const own = facts.find(({ team }) => team === asker);
  const text = {
    text: composeSequence({ seed: hmacSha256Hex(secret, `text:${match}`), tier }),
    salt: hmacSha256Hex(secret, `salt:${match}`),
  };
  return {
    match,
    mode: id,
    tier,
    position: 40,
    basisPosition: 38,
    rulesVersion: 3,
    rulesHash: rulesHash(mode),
    rules: mode,
    considered: 12,
    rejected: [{ reason: "rating_window", count: 9 }],
    costs: isOver ? [{ term: "rating_gap", secs: 1.5 }] : null,
    winProbabilities: isOver ? [0.6, 0.4] : null,
    tickets: parties[id].map((_, team) =>
      facts.filter((fact) => fact.team === team).map((fact) => ticketHash(salt(fact), fact)),
    ),
    own: own === undefined ? null : { salt: salt(own), fact: own },
    secretEpoch: { number: 1, hash: sha256Hex(secret), secret: stage === "revealed" ? secret : null },
    text:
      mode.game === "typing_duel"
        ? { commitment: commitText(text), ...(isOver ? text : { text: null, salt: null }) }
        : null,
    result: isOver ? resultOf(mode, { tier, sizes: sizesOf(id), isTie: choice.isTie }) : null,
  };
}

function sizesOf(id: string): number[] {
  return parties[id].map((team) => team.reduce((sum, players) => sum + players, 0));
}

function factsOf(teams: readonly (readonly number[])[]): TicketFact[] {
  let serial = 0;
  return teams.flatMap((tickets, team) =>
    tickets.map((players): TicketFact => {
      serial += 1;
      return {
        ticket: `ticket_${serial}`,
        team,
        players: Array.from({ length: players }, (_, place) => ({
          player: `player_${serial}_${place}`,
          rating: 1_200.5 + serial,
          role: place === 0 ? null : "healer",
        })),
      };
    }),
  );
}

/** Team 0 wins. */
function resultOf(
  mode: ModeRules,
  { tier, sizes, isTie }: { tier: string | null; sizes: readonly number[]; isTie: boolean },
): ReceiptResult {
  const stake = BigInt(mode.stakes.find((one) => one.tier === tier)?.stake ?? "0");
  const put = sizes.map((players) => shareOf(mode, { stake, players }) * BigInt(players));
  const pot = put.reduce((sum, one) => sum + one, 0n);
  const { each, burned } = splitPot({ pot, burnBps: mode.burnBps, winners: sizes[0] });
  return {
    endReason: "completed",
    pot: `${pot}`,
    burned: isTie ? "0" : `${burned}`,
    payouts: sizes.map((size, team) =>
      isTie ? `${put[team]}` : team === 0 ? `${each * BigInt(size)}` : "0",
    ),
  };
}
