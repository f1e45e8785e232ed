// Compiled validation: what a server needs, and a browser does not. Compiling generates code, which a
// content security policy may forbid; hence its own entry.
export { type ParsedClientMessage, parseClientMessage } from "./validate/parse-client-message.ts";
export { serverMessageErrors } from "./validate/server-message-errors.ts";
