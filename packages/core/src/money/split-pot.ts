/** What becomes of a pot. */
export interface PotSplit {
  /** What each winner receives. */
  readonly each: bigint;
  /** What is burned: the share of the rules and what cannot be divided evenly. */
  readonly burned: bigint;
}

/**
 * Splits a pot among its winners after the burn. Nothing appears or vanishes:
 * `each × winners + burned = pot`. Without winners everything is burned.
 *
 * @param options.pot in the token's smallest unit.
 * @param options.burnBps hundredths of a percent, 0 to 10000.
 * @throws RangeError for a pot, a share or a number of winners that cannot be: it would create money.
 * @example
 * splitPot({ pot: 200n, burnBps: 1000, winners: 1 }); // { each: 180n, burned: 20n }
 */
export function splitPot(options: {
  readonly pot: bigint;
  readonly burnBps: number;
  readonly winners: number;
}): PotSplit {
  const { pot, burnBps, winners } = options;
  if (pot < 0n || winners < 0 || burnBps < 0 || burnBps > 10_000)
    throw new RangeError(`cannot split ${pot} among ${winners} after a burn of ${burnBps} bps`);
  if (winners === 0) return { each: 0n, burned: pot };
  const shared = (pot * BigInt(10_000 - burnBps)) / 10_000n;
  const each = shared / BigInt(winners);
  return { each, burned: pot - each * BigInt(winners) };
}
