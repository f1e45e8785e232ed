import type { Chain, ChainOutcome } from "./port.ts";

const done: ChainOutcome = { kind: "done", txHash: null };

/** The embedded ledger: the money stands in the kernel's own books, so there is nothing to do outside. */
export const ledgerChain: Chain = {
  openEscrow: () => Promise.resolve(done),
  settle: () => Promise.resolve(done),
};
