/** Decimals of the token: an amount is a whole number of 10⁻¹⁸ tokens. */
export const tokenDecimals = 18;

const unitsPerToken = 1_000_000_000_000_000_000n;
const tokensText = /^(0|[1-9]\d{0,59})(?:\.(\d{1,18}))?$/;
const unitsText = /^\d{1,78}$/;

/**
 * Reads an amount as the wire writes it: a whole number of smallest units, in decimal digits only.
 *
 * @returns undefined for any other text, also for what `BigInt` would take: "", " 1", "0x1", "-1".
 * @example
 * parseAmount("1500000000000000000"); // 1500000000000000000n
 */
export function parseAmount(text: string): bigint | undefined {
  return unitsText.test(text) ? BigInt(text) : undefined;
}

/**
 * Reads an amount as people write it: tokens, with at most 18 decimals, without sign or exponent.
 *
 * @returns the amount in smallest units; undefined for any other text.
 * @example
 * parseTokens("1.5"); // 1500000000000000000n
 */
export function parseTokens(text: string): bigint | undefined {
  const [, whole, decimals = ""] = tokensText.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return BigInt(whole) * unitsPerToken + BigInt(decimals.padEnd(tokenDecimals, "0"));
}

/**
 * Writes an amount of smallest units in tokens, with no more decimals than it has; nothing is rounded.
 *
 * @example
 * formatTokens(1_500_000_000_000_000_000n); // "1.5"
 */
export function formatTokens(amount: bigint): string {
  if (amount < 0n) return `-${formatTokens(-amount)}`;
  const decimals = (amount % unitsPerToken).toString().padStart(tokenDecimals, "0").replace(/0+$/, "");
  const whole = (amount / unitsPerToken).toString();
  return decimals === "" ? whole : `${whole}.${decimals}`;
}
