/** The bits of a double as 16 hex digits. */
export function bitsOf(value: number): string {
  return new BigUint64Array(Float64Array.of(value).buffer)[0].toString(16).padStart(16, "0");
}
