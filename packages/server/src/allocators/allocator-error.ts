/** What can go wrong between an allocator of the outside and its provider. */
export const allocatorErrorCodes = [
  "PROVIDER_UNREACHABLE",
  "PROVIDER_TIMEOUT",
  "PROVIDER_FAILED",
  "PROVIDER_BUSY",
  "PROVIDER_AWAY",
  "ANSWER_UNREADABLE",
  "TOKEN_UNREADABLE",
  "CERTIFICATE_UNREADABLE",
  "ALLOCATOR_BUSY",
  "ALLOCATOR_CLOSED",
  "MAY_BE_HELD",
  "RELEASED",
] as const;

/** One of {@link allocatorErrorCodes}. */
export type AllocatorErrorCode = (typeof allocatorErrorCodes)[number];

/** An allocation or a release that failed; the message says where and what to do. */
export class AllocatorError extends Error {
  override readonly name = "AllocatorError";
  readonly code: AllocatorErrorCode;

  constructor(code: AllocatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Failures of the provider itself: enough of them in a row, and it is left alone for a while. */
const ofProvider: ReadonlySet<AllocatorErrorCode> = new Set([
  "PROVIDER_UNREACHABLE",
  "PROVIDER_TIMEOUT",
  "PROVIDER_FAILED",
  "ANSWER_UNREADABLE",
]);

/** Failures after which the provider certainly did nothing. */
const withoutEffect: ReadonlySet<AllocatorErrorCode> = new Set([
  "PROVIDER_UNREACHABLE",
  "PROVIDER_BUSY",
  "PROVIDER_AWAY",
  "TOKEN_UNREADABLE",
  "ALLOCATOR_BUSY",
  "RELEASED",
]);

export function isOfProvider(error: unknown): boolean {
  return error instanceof AllocatorError && ofProvider.has(error.code);
}

export function isWithoutEffect(error: unknown): boolean {
  return error instanceof AllocatorError && withoutEffect.has(error.code);
}

/** Whether another try may go better. */
export function isWorthAnotherTry(error: unknown): boolean {
  return isOfProvider(error) || (error instanceof AllocatorError && error.code === "PROVIDER_BUSY");
}
