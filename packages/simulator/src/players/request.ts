import type { Command, RequestOrigin } from "@matchforge/core";

/** What a player's client asks for, and asks again until it is answered. */
export type Request = Extract<Command, { readonly origin?: RequestOrigin }>;
