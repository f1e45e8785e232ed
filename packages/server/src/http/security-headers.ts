import { createHash } from "node:crypto";
import { homeStyle } from "./home-style.ts";

const styleHash = createHash("sha256").update(homeStyle).digest("base64");

/** What every answer carries: nothing of it is cached, framed, sniffed or lets a page load anything. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
