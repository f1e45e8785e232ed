/** What a coordinator's `/metrics` says, by name; of a figure with labels, the sum. */
export async function metricsOf(port: number): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const figures = new Map<string, number>();
  for (const line of (await response.text()).split("\n")) {
    const found = /^(\w+)(?:\{[^}]*\})? (\S+)$/.exec(line);
    if (found !== null) figures.set(found[1], (figures.get(found[1]) ?? 0) + Number(found[2]));
  }
  return figures;
}
