import { applyEntry, createState } from "@matchforge/core";
import { loggedEntries } from "../../e2e/logged-entries.ts";
import type { World } from "./world.ts";

/** Commands that nodes append of their own accord; to ask is to be present. */
const ofNodes =
  /^(node|epoch|kernel|archive|matcher|effect|rules)\.|^match\.(notified|begin|close)$|^player\.(dis)?connected$/;

/** A stretch of the log. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/**
 * What requests changed in the kernel's state within stretches of the log: the commands that were not refused. The
 * whole log is applied anew, so that what is judged is what is stored.
 */
export async function changesIn({ rig }: World, stretches: readonly Stretch[]): Promise<readonly string[]> {
  const state = createState();
  const changes: string[] = [];
  for (const entry of await loggedEntries(rig.deployment)) {
    const { position, command } = entry;
    const isRefused = applyEntry(state, entry).some(({ type }) => type === "refused");
    const isMeant = stretches.some(({ after, upTo }) => position > after && position <= upTo);
    if (isMeant && !isRefused && !ofNodes.test(command.type)) changes.push(command.type);
  }
  return changes;
}
