import { setTimeout as sleep } from "node:timers/promises";
import { Arena, type Setup } from "./arena.ts";
import { contradictions } from "./check.ts";
import { type FaultKind, faults } from "./faults.ts";

/** What is to be done. */
export interface CampaignOptions {
  readonly setup: Setup;
  /** The kinds of faults, one after the other, over and over. */
  readonly kinds: readonly FaultKind[];
  /** How often each kind strikes. */
  readonly runs: number;
  readonly seed: number;
  readonly nodes: number;
  readonly players: number;
  readonly onProgress?: (line: string) => void;
}

/** What came of it. */
export interface CampaignReport {
  readonly setup: Setup;
  readonly seed: number;
  readonly struck: Readonly<Partial<Record<FaultKind, number>>>;
  readonly matches: number;
  readonly voided: number;
  readonly entries: number;
  readonly acknowledgedTickets: number;
  /** How long it took after each fault until everybody was well and a match ended, ms, sorted. */
  readonly recoveryMs: readonly number[];
  /** Processes that ended by themselves and were started again. */
  readonly restarts: readonly string[];
  readonly violations: readonly string[];
}

/**
 * Lets players play on a real fleet while things go wrong, then lets it come to rest, and holds what everybody was
 * told against the log.
 *
 * @example
 * const report = await runCampaign({ setup: "postgres", kinds: ["node_kill"], runs: 3, seed: 1, nodes: 2, players: 12 });
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const { setup, seed, kinds, runs, onProgress = () => {} } = options;
  const arena = await Arena.start(options);
  const struck: Partial<Record<FaultKind, number>> = {};
  const recoveryMs: number[] = [];
  const violations: string[] = [];
  try {
    await arena.recover();
    for (let run = 0; run < runs; run += 1) {
      for (const kind of kinds) {
        await sleep(arena.draws.between(200, 1_500));
        const done = await faults[kind].strike(arena);
        const mendedAt = performance.now();
        await arena.recover();
        const tookMs = Math.round(performance.now() - mendedAt);
        recoveryMs.push(tookMs);
        struck[kind] = (struck[kind] ?? 0) + 1;
        onProgress(
          `${kind} ${run + 1}/${runs}: ${done}; well again after ${tookMs} ms, ${arena.ended} matches`,
        );
      }
    }
    await arena.rest();
  } catch (error) {
    violations.push(`${(error as Error).message} (${stateOf(arena)})`);
  }
  violations.push(...contradictions(arena.auditor, arena.players, { canForget: setup === "relaxed_redis" }));
  const report: CampaignReport = {
    setup,
    seed,
    struck,
    matches: arena.ended,
    voided: [...arena.auditor.endings.values()].filter(({ kind }) => kind === "voided").length,
    entries: arena.auditor.state.position,
    acknowledgedTickets: arena.players.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    recoveryMs: recoveryMs.sort((a, b) => a - b),
    restarts: arena.nodes.flatMap(({ process }) => process.lastWords),
    violations,
  };
  await arena.remove();
  return report;
}

function stateOf({ auditor, players }: Arena): string {
  const { state } = auditor;
  const doing = players.map(({ id, status }) => `${id.slice(-6)} ${status}`).join(", ");
  return `${state.nodes.size} nodes, ${state.matches.size} matches, ${state.tickets.size} tickets; ${doing}`;
}
