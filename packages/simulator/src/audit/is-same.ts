/** Whether two values hold the same data: what JSON knows, and bigints. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) {
    const own = (left as Record<string, unknown>)[key];
    const other = (right as Record<string, unknown>)[key];
    if (own !== other && !isSame(own, other)) return false;
  }
  return true;
}
