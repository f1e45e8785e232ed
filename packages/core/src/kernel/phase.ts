import type { Typed } from "../games/typing/typed.ts";
import type { PlayerId } from "../ids.ts";
import type { RatingRecord } from "./records.ts";

/** What a match may have to wait for before it is ready. */
export type PreparationItem = "escrow" | "loading" | "server";

export type Phase =
  /** A round registers players. */
  | { readonly state: "FORMING"; readonly deadline: number; readonly extended: boolean }
  | { readonly state: "MATCHED"; readonly deadline: number }
  | {
      readonly state: "PREPARING";
      /** The first deadline of what is pending. */
      readonly deadline: number;
      /** Null until the checklist is drawn up, which happens at the entry that made the match. */
      readonly pending: readonly PreparationItem[] | null;
      /** By when each item must be done that has its time; left out where escrow is all there is to wait for. */
      readonly due?: Readonly<Partial<Record<PreparationItem, number>>>;
    }
  | {
      readonly state: "READY";
      readonly deadline: number;
      readonly startsAt: number;
      readonly beginning: boolean;
      /** It goes on when it is sent to its server, by the deadline. */
      readonly awaitsDispatch: boolean;
      /** Its server was lost: the countdown begins anew with another one. */
      readonly awaitsServer?: true;
    }
  | {
      readonly state: "ACTIVE";
      readonly deadline: number;
      readonly startedAt: number;
      readonly endsAt: number;
      readonly counting: boolean;
      readonly text: string | null;
      readonly salt: string | null;
    }
  | { readonly state: "RESOLVED"; readonly deadline: number; readonly result: MatchResult };

export type EndState = "SETTLED" | "CANCELLED" | "VOIDED";
export type MatchState = Phase["state"] | EndState;

export type EndReason = "completed" | "timeout" | "forfeit";

export interface PlayerResult {
  readonly player: PlayerId;
  readonly team: number;
  readonly outcome: "win" | "loss" | "tie";
  readonly typed: Typed;
  readonly accuracy: number;
  readonly wpm: number;
  readonly timeMs: number;
  readonly payout: bigint;
  readonly before: RatingRecord;
  readonly after: RatingRecord;
}

export interface MatchResult {
  readonly endReason: EndReason;
  /** Empty for a tie. */
  readonly winners: readonly PlayerId[];
  readonly players: readonly PlayerResult[];
  readonly burned: bigint;
  readonly durationMs: number;
}
