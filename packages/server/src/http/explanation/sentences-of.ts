import type { KeptApartReason } from "@matchforge/protocol";

const sentences: Readonly<Record<KeptApartReason, string>> = {
  away: "Most of them are not connected at the moment.",
  just_come: "Most of them have only just come, and can be matched in a moment.",
  rating: "Most of them are too far from your rating.",
  preferences: "Most of them and you do not fit each other's preferences.",
  region: "Most of them play in regions too far from yours.",
  party_size: "Most of them are in parties of another size.",
  rematch: "You have just met most of them, and meet others first.",
  closer_match: "A closer match is worth a little more waiting.",
};

/** What a player is told in words of one pool they wait in. */
export function sentencesOf(told: {
  readonly candidates: number;
  readonly kept_apart_by: KeptApartReason | null;
  readonly widens_in_secs: number | null;
  readonly isMatchable: boolean;
  readonly isPair: boolean;
}): string {
  const { candidates, kept_apart_by: reason, widens_in_secs: secs, isMatchable, isPair } = told;
  const parts = [`${candidates > 10 ? "About " : ""}${candidates} others wait.`];
  if (reason !== null) parts.push(sentences[reason]);
  if (isMatchable) {
    parts.push(
      isPair
        ? "Somebody can be matched with you now."
        : "Some of them can be in a match with you as soon as there are enough.",
    );
  } else if (secs !== null) parts.push(`Your search reaches the next of them in about ${secs} s.`);
  else if (reason === "rating") parts.push("A wider search will not reach them; others may come.");
  return parts.join(" ");
}
