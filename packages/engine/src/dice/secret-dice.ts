import { hmacSha256Hex } from "@matchforge/core";
import type { Dice } from "../ports.ts";

/**
 * Dice derived from a shard's secret: epoch secret = HMAC(shard secret, epoch), each value =
 * HMAC(epoch secret, purpose ‖ id). Whoever is shown an epoch's secret afterwards can check every draw.
 *
 * @param secret 32 bytes or more as hex, the same on every node of the shard.
 * @example
 * const dice = createSecretDice("00".repeat(32));
 * const value = dice.draw({ epoch: 1, purpose: "text", id: "match_1" });
 */
export function createSecretDice(secret: string, hmac: Hmac = hmacSha256Hex): Dice {
  const epochs = new Map<number, string>();
  const secretOf = (epoch: number): string => {
    let known = epochs.get(epoch);
    if (known === undefined) {
      known = hmac(secret, `epoch:${epoch}`);
      epochs.set(epoch, known);
    }
    return known;
  };
  return { secretOf, draw: ({ epoch, purpose, id }) => hmac(secretOf(epoch), `${purpose}:${id}`) };
}

/** HMAC-SHA-256 of a text under a key, both taken as UTF-8, as 64 hex digits. */
export type Hmac = (key: string, text: string) => string;
