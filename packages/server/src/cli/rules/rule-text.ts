import type {
  HoldRules,
  PartyRatingRules,
  RoleCount,
  TeamSize,
  Widening,
  WideningStep,
} from "@matchforge/core";

const unitsPerToken = 10n ** 18n;

/** Rules whose text is more than their value. */
const texts: Readonly<Record<string, ((value: never) => string) | undefined>> = {
  "search.widening": wideningText,
  "search.hold": holdText,
  "search.avoidRematch": ({ last, forMs }: { last: number; forMs: number }) =>
    `the last ${last} for ${secondsText(forMs)}`,
  "search.regions.latencyMax": (steps: readonly { afterMs: number; latencyMs: number }[]) =>
    stepsText(
      steps.map(({ afterMs, latencyMs }) => ({
        afterMs,
        text: isAny(latencyMs) ? "any" : `${latencyMs} ms`,
      })),
    ),
  partyRating: partyRatingText,
  antiSnipeMs: ([shortest, longest]: readonly [number, number]) =>
    `${shortest / 1_000} to ${secondsText(longest)}`,
  teams: (sizes: readonly (number | TeamSize)[]) => sizes.map(sizeText).join(" v "),
  roles: (roles: readonly RoleCount[]) => listText(roles.map(({ role, count }) => `${count} ${role}`)),
  burnBps: (points: number) => `${points / 100} %`,
  waveMs: (ms: number) => `${ms} ms`,
  "ledger.faucet": tokensText,
};

/**
 * A rule's value with its unit, for people.
 *
 * @param key its path as {@link diffRules} tells it.
 * @example
 * ruleText("maxWaitMs", 300_000); // 300 s
 */
export function ruleText(key: string, value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (key.startsWith("stakes.")) return tokensText(value as string);
  const text = texts[key];
  if (text !== undefined) return text(value as never);
  if (typeof value === "number" && key.endsWith("Ms")) return secondsText(value);
  if (Array.isArray(value)) return listText(value.map(String));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function wideningText(widening: Widening): string {
  if (widening.kind === "linear") {
    const { gap, perSecond, max } = widening;
    return `±${gap}, wider by ${perSecond} a second, up to ±${max}`;
  }
  return stepsText(
    widening.steps.map(({ afterMs, gap }: WideningStep) => ({
      afterMs,
      text: isAny(gap) ? "anyone" : `±${gap}`,
    })),
  );
}

function stepsText(steps: readonly { readonly afterMs: number; readonly text: string }[]): string {
  return listText(
    steps.map(({ afterMs, text }) => (afterMs === 0 ? text : `${text} from ${secondsText(afterMs)}`)),
  );
}

function holdText(hold: HoldRules): string {
  const price = `${hold.pointsPerSecond} points a second`;
  return hold.kind === "arrivals" ? `by arrivals, at ${price}` : `${secondsText(hold.forMs)}, at ${price}`;
}

function partyRatingText(rule: PartyRatingRules): string {
  return rule.strategy === "weighted" ? `average and ${rule.gapPenalty} of the gap` : rule.strategy;
}

function sizeText(size: number | TeamSize): string {
  if (typeof size === "number") return `${size}`;
  return size.min === size.max ? `${size.min}` : `${size.min}–${size.max}`;
}

function tokensText(amount: string): string {
  const units = BigInt(amount);
  const rest = (units % unitsPerToken).toString().padStart(18, "0").replace(/0+$/, "");
  return `${units / unitsPerToken}${rest === "" ? "" : `.${rest}`} tokens`;
}

function listText(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(", ");
}

function secondsText(ms: number): string {
  return `${ms / 1_000} s`;
}

/** JSON writes Infinity as null. */
function isAny(bound: number | null): boolean {
  return bound === null || bound === Number.POSITIVE_INFINITY;
}
