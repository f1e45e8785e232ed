const oldestMajor = 24;

/** What to tell a person whose Node cannot run the server; null when it can. */
export function nodeVersionProblem(version: string): string | null {
  if (Number.parseInt(version, 10) >= oldestMajor) return null;
  return (
    `MatchForge needs Node ${oldestMajor} or newer; this is ${version}.\n` +
    "Run it through npm in its own folder (npm start), which brings the right one along, or install a newer Node."
  );
}
