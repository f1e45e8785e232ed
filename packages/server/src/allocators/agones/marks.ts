import { createHash } from "node:crypto";

/** The label that Agones itself gives every GameServer of a fleet. */
export const fleetLabel = "agones.dev/fleet";

/** The label by which the GameServers of a key are found. */
export const keyLabel = "matchforge/key";

/** What the game server reads of its match, from its own annotations. */
export const annotations = {
  key: "matchforge/allocation-key",
  match: "matchforge/match",
  mode: "matchforge/mode",
  players: "matchforge/players",
  credential: "matchforge/credential",
} as const;

/** What the value of a label may be. */
export const labelValueForm = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** A key as the value of a label, which may not hold all that a key does: its SHA-224, 56 digits. */
export function keyLabelValue(key: string): string {
  return createHash("sha224").update(key).digest("hex");
}
