import { type Choice, choices } from "./rock-paper-scissors.ts";

/** What a player tells the game server. */
export type PlayerMessage =
  | { readonly type: "join"; readonly match_id: string; readonly match_ticket: string }
  | { readonly type: "choose"; readonly round: number; readonly choice: Choice };

/** What the game server tells a player. */
export type GameMessage =
  | { readonly type: "joined"; readonly match_id: string; readonly player_id: string }
  /** Too late, used or foreign: MatchForge's own code. A fresh match ticket opens the door. */
  | { readonly type: "refused"; readonly code: string }
  | { readonly type: "round"; readonly round: number; readonly choose_within_ms: number }
  | {
      readonly type: "round_over";
      readonly round: number;
      readonly choices: Readonly<Record<string, Choice | null>>;
      readonly winner: string | null;
      readonly score: Readonly<Record<string, number>>;
    }
  | { readonly type: "game_over"; readonly score: Readonly<Record<string, number>> };

/** Reads what somebody sent; undefined for what is no message of this game. */
export function readPlayerMessage(text: string): PlayerMessage | undefined {
  const { type, match_id, match_ticket, round, choice } = objectIn(text);
  if (type === "join" && typeof match_id === "string" && typeof match_ticket === "string")
    return { type, match_id, match_ticket };
  const known = choices.find((one) => one === choice);
  if (type === "choose" && typeof round === "number" && known !== undefined)
    return { type, round, choice: known };
  return undefined;
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
