// Compiled validation: what a server needs, and a browser does not. Compiling generates code, which a
// content security policy may forbid; hence its own entry.
export { fieldFaultIn } from "./validate/field-faults.ts";
export { type ParsedClientMessage, parseClientMessage } from "./validate/parse-client-message.ts";
export { type ParsedRequest, requestParser } from "./validate/parse-request.ts";
export { serverMessageErrors } from "./validate/server-message-errors.ts";
