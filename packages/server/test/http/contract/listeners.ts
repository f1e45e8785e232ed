import type { Listener } from "@matchforge/protocol/schemas";
import { openApiDocument } from "../../../src/http/docs/open-api-document.ts";
import type { ServerRig } from "../../e2e/server-rig.ts";

/** A listener of a running node, and the document of what it serves. */
export interface RunningListener {
  readonly url: string;
  readonly document: unknown;
}

/** Every listener there can be; null for one that no node has. */
export const listeners: Readonly<Record<Listener, ((rig: ServerRig) => Promise<RunningListener>) | null>> = {
  public: async ({ url }) => ({ url, document: await (await fetch(`${url}/docs/openapi.json`)).json() }),
  admin: async ({ coordinators: [first] }) => ({
    url: first?.adminUrl ?? "",
    document: JSON.parse(JSON.stringify(openApiDocument("admin"))),
  }),
};
