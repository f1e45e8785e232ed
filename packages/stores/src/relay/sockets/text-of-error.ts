/** What an error says; several addresses of one host that all failed say nothing together. */
export function textOfError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
