import { isServerAddress, kernelLimits } from "@matchforge/core";
import type { AllocatedServer } from "matchforge";
import { AllocatorError } from "../allocator-error.ts";
import { allocatorLimits } from "../limits.ts";
import { isRegionName, printable, printableForm } from "../printable.ts";
import type { ProviderAnswer } from "../provider.ts";
import type { ProviderResponse } from "../provider-client.ts";
import { fieldsOf, jsonOf } from "../read-json.ts";

const who = "The HTTP provider";
const nameLengthMax = 256;

/** Refusals in which the provider says, in a problem document, that it has nothing to give. */
const nothingToGive: ReadonlySet<number> = new Set([404, 409, 410, 429, 503]);
/** Refusals of the request itself, whoever says so: it was not carried out. */
const refused: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 406, 410, 413, 415, 422, 431]);

/** What the answer to a request for a server means. */
export function answerOf(response: ProviderResponse): ProviderAnswer {
  const { status, contentType } = response;
  if (status === 200 || status === 201) return { kind: "allocated", server: serverIn(response) };
  const hasProblem = /^application\/problem\+json\b/i.test(contentType);
  if (hasProblem && nothingToGive.has(status)) {
    const words = wordsOf(response);
    return { kind: "none", reason: `NO_CAPACITY: the provider answers ${status}${words && `, ${words}`}` };
  }
  if (refused.has(status)) {
    const words = hasProblem ? wordsOf(response) : "";
    return { kind: "none", reason: `REFUSED: the provider answers ${status}${words && `, ${words}`}` };
  }
  throw failedWith(status);
}

/** The server an answer to a look-up names, or null. */
export function foundIn(response: ProviderResponse): AllocatedServer | null {
  if (response.status === 200) return serverIn(response);
  if (response.status === 404 || response.status === 410) return null;
  throw failedWith(response.status);
}

/** Whether a release is done. */
export function checkReleased({ status }: ProviderResponse): void {
  if (![200, 204, 404, 410].includes(status)) throw failedWith(status);
}

function failedWith(status: number): AllocatorError {
  return new AllocatorError("PROVIDER_FAILED", `${who} answers ${status}, which says nothing for certain.`);
}

function serverIn(response: ProviderResponse): AllocatedServer {
  const { server_id: name, address, region = null } = fieldsOf(jsonOf(response, who));
  const isName = isPrintable(name, nameLengthMax);
  const isAddress = typeof address === "string" && isServerAddress(address);
  if (isName && isAddress && (region === null || isPrintable(region, kernelLimits.serverNameLengthMax)))
    return { name, address, region: region !== null && isRegionName(region) ? region : null };
  const expected = `server_id and address of 1 to 256 printable characters, the address in ASCII, and region of up to ${kernelLimits.serverNameLengthMax} or none`;
  throw new AllocatorError("ANSWER_UNREADABLE", `${who} names no server; expected ${expected}.`);
}

function isPrintable(value: unknown, lengthMax: number): value is string {
  return typeof value === "string" && value.length <= lengthMax && printableForm.test(value);
}

/** What a problem document says, as far as it is one. */
function wordsOf(response: ProviderResponse): string {
  try {
    const { detail, title } = fieldsOf(jsonOf(response, who));
    const words = typeof detail === "string" ? detail : title;
    return typeof words === "string" ? printable(words, allocatorLimits.reasonLengthMax) : "";
  } catch (error) {
    // The status has said what matters.
    if (error instanceof AllocatorError) return "";
    throw error;
  }
}
