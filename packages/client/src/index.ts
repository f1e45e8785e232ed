/** A player's line to MatchForge, for browser and Node. */
export { type BackoffOptions, backoffMs } from "./backoff.ts";
export { type ClientOptions, type ConnectionStatus, MatchForgeClient } from "./match-forge-client.ts";
export { type ClientErrorCode, RequestError } from "./request-error.ts";
export type { Reply, RequestType } from "./requests.ts";
export { type BotActivity, type BotOptions, runBot } from "./run-bot.ts";
export { signInAsGuest } from "./sign-in-as-guest.ts";
export { platformTimers, type Timers } from "./timers.ts";
export { TypingSession } from "./typing-session.ts";
