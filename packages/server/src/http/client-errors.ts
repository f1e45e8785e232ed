import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { problemMediaType } from "@matchforge/protocol";
import { problemText, type Refusal } from "./problems.ts";
import { securityHeaders } from "./security-headers.ts";

/** Answers bytes that are no HTTP request, or never became one in time, and ends the connection. */
export function answerClientError({ code }: { readonly code?: string }, socket: Socket): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, text } = problemText(refusalOf(code));
  const headers = { ...securityHeaders, connection: "close", "content-type": problemMediaType };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}content-length: ${Buffer.byteLength(text)}`;
  socket.end(`${head}\r\n\r\n${text}`);
}

function refusalOf(code: string | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW")
    return { code: "PAYLOAD_TOO_LARGE", status: 431, detail: "The headers are too large." };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { code: "INVALID_FIELD", status: 408, detail: "The request did not come in time." };
  return { code: "INVALID_FIELD", detail: "This is not an HTTP request." };
}
