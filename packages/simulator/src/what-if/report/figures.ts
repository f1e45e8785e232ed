/** A number for people: thousands apart, as many decimals as asked for. */
export function figure(value: number, decimals = 0): string {
  // What rounds to nothing has no sign.
  const [whole = "", part] = (Number(value.toFixed(decimals)) + 0).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** A part of one, in percent. */
export function percent(share: number): string {
  return `${figure(share * 100, 1)}\u202f%`;
}

/** A duration in the unit that suits it. */
export function duration(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 2) return `${figure(ms / 1_000)} s`;
  return minutes < 120 ? `${figure(minutes)} min` : `${figure(minutes / 60, 1)} h`;
}
