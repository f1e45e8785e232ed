/** Something a person asked for that cannot work; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
