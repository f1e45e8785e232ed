import type { PlayerDeposited } from "../events.ts";
import { currentRules } from "../lookups.ts";
import type { Player } from "../model.ts";
import type { State } from "../state.ts";

/** What the faucet grants so that each of some players has a stake; undefined when it does not reach. */
export function faucetDeposits(
  state: State,
  players: readonly Player[],
  stake: bigint,
): PlayerDeposited[] | undefined {
  const ledger = currentRules(state)?.ledger;
  const events: PlayerDeposited[] = [];
  for (const player of players) {
    if (player.available >= stake) continue;
    const amount = ledger === undefined ? 0n : BigInt(ledger.faucet);
    const mayDrink =
      ledger !== undefined &&
      (player.faucetAt === null || state.time - player.faucetAt >= ledger.faucetEveryMs);
    if (!mayDrink || player.available + amount < stake) return undefined;
    events.push({ type: "player.deposited", player: player.id, amount });
  }
  return events;
}
