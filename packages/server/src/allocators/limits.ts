import assert from "node:assert/strict";
import { kernelLimits } from "@matchforge/core";

/** Every bound of the allocators of the outside, in one place. Reaching one has the outcome named beside it. */
export const allocatorLimits = {
  /** One request, from its first byte to the last of its answer; `PROVIDER_TIMEOUT`. */
  requestMs: 10_000,
  /** Until a connection stands; `PROVIDER_UNREACHABLE`. */
  connectMs: 5_000,
  /** Tries of one allocation or release in all; then the outcome of the last one. */
  tries: 3,
  /** The longest pause after the first try; it doubles with each further one, and each is drawn between 0 and that. */
  firstPauseMs: 500,
  pauseMsMax: 1_000,
  /** One allocation, with its tries, pauses and turns of waiting; `PROVIDER_TIMEOUT`. */
  allocateMs: 32_000,
  /** A request that was given up has had its effect by then, or never will: a release looks again after it. */
  lateMs: 60_000,
  /** Of so many attempts, looked at together from so few on, that part failed: from then on `PROVIDER_AWAY`. */
  breakerCalls: 30,
  breakerCallsMin: 10,
  breakerPercent: 50,
  /** How long a provider that is away is left alone before one request asks whether it is back. */
  breakerOpenMs: 10_000,
  /** Allocations, and as many releases, under way with one provider; others wait. */
  atOnce: 64,
  /** Allocations that wait; beyond it `ALLOCATOR_BUSY`. */
  allocationsWaiting: 1_000,
  /** Releases that wait; beyond it `ALLOCATOR_BUSY`, to be asked again. */
  releasesWaiting: 10_000,
  /** Keys of which something is known; the oldest is forgotten first, and then counts as one that somebody else asked for. */
  keysRemembered: 50_000,
  /** Of an HTTP provider's answer; `ANSWER_UNREADABLE`. */
  answerBytesMax: 16_384,
  /** Of an answer of the Kubernetes API, which repeats whole objects; `ANSWER_UNREADABLE`. */
  objectBytesMax: 1_048_576,
  /** Characters of a token's file; `TOKEN_UNREADABLE`. */
  tokenLengthMax: 8_192,
  /** Characters of a provider's own words that are passed on; the rest is cut. */
  reasonLengthMax: 200,
} as const;

/** The bounds by name; whoever opens an allocator may choose others. */
export type AllocatorLimits = { readonly [Key in keyof typeof allocatorLimits]: number };

/** The longest that tries and their pauses can take when every request runs into its time-out. */
export function triesMsMax({ tries, requestMs, firstPauseMs, pauseMsMax }: AllocatorLimits): number {
  let sumMs = tries * requestMs;
  for (let pause = 0; pause < tries - 1; pause += 1) sumMs += Math.min(pauseMsMax, firstPauseMs * 2 ** pause);
  return sumMs;
}

/**
 * Whether bounds fit to each other: 3 × 10 s + 0.5 s + 1 s = 31.5 s of tries fit into the 32 s of an
 * allocation, and behind it there is time for one whole try of the next allocator within the 45 s of the match.
 */
export function limitsFit(limits: AllocatorLimits): boolean {
  return (
    triesMsMax(limits) <= limits.allocateMs &&
    limits.allocateMs + limits.requestMs < kernelLimits.serverWithinMs &&
    limits.connectMs < limits.requestMs &&
    limits.requestMs <= limits.lateMs
  );
}

assert(limitsFit(allocatorLimits), "the bounds of the allocators do not fit to each other");
