/** What an error code means, to a program and to people. */
export interface ErrorDescription {
  /** The status of an HTTP answer with this code. */
  readonly httpStatus: number;
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean;
  /** What happened, as one sentence for people: the default `message` of an `error`. */
  readonly happened: string;
  /** What to do about it, as one sentence for people. */
  readonly whatToDo: string;
}

/** Keeps the codes of a family as literal types, and nothing else of it. */
export function describeErrors<Code extends string>(
  family: Record<Code, ErrorDescription>,
): Readonly<Record<Code, ErrorDescription>> {
  return family;
}
