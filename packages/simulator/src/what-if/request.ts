import type { Rules } from "@matchforge/core";
import type { TrafficModel } from "./traffic/traffic-model.ts";

/** What `matchforge simulate` and `matchforge replay` ask for: one JSON text on the standard input of `main.ts`. */
export type WhatIfRequest = SimulateRequest | ReplayRequest;

/** How the answer is given. */
interface AnswerOptions {
  readonly rules: Rules;
  /** Where to write the page; null: nowhere. */
  readonly html: string | null;
  /** One line of JSON in place of the table. */
  readonly json: boolean;
}

export interface SimulateRequest extends AnswerOptions {
  readonly kind: "simulate";
  readonly traffic: TrafficModel;
  readonly seed: number;
  readonly tickets: number;
}

export interface ReplayRequest extends AnswerOptions {
  readonly kind: "replay";
  /** The SQLite file of the log; it exists. */
  readonly file: string;
}
