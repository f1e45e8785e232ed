const oldestMajor = 24;

/** Ends the process with a sentence that helps when this Node cannot run the server. */
export function checkNodeVersion(version: string): void {
  if (Number.parseInt(version, 10) >= oldestMajor) return;
  console.error(
    `MatchForge needs Node ${oldestMajor} or newer; this is ${version}.\n` +
      "Run it through npm in its own folder (npm start), which brings the right one along, or install a newer Node.",
  );
  process.exit(1);
}
