import type { StoreError } from "@matchforge/stores/errors";

/** What one check came to. */
export interface Finding {
  readonly check: string;
  readonly verdict: "ok" | "warn" | "fail";
  readonly detail: string;
  /** What to do; null when all is well. */
  readonly advice: string | null;
}

/** What a check found, before it has a name. */
export type Found = Omit<Finding, "check">;

/** What is looked at, and how: the name of its finding comes first. */
export type Check = [check: string, look: () => Found | Promise<Found>];

export function ok(detail: string): Found {
  return { verdict: "ok", detail, advice: null };
}

export function warn(detail: string, advice: string): Found {
  return { verdict: "warn", detail, advice };
}

export function fail(detail: string, advice: string): Found {
  return { verdict: "fail", detail, advice };
}

/** A store that cannot be used says itself what to do. */
export function failOfStore(what: string, { code, message }: StoreError): Found {
  return fail(`${what} cannot be used (${code})`, message);
}
