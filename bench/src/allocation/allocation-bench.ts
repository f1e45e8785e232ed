import { fileURLToPath } from "node:url";
import { StandInProvider } from "../../../packages/server/test/allocators/stand-in-provider.ts";
import { startCoordinator } from "../load/server-process.ts";
import { atMost, quantile, type Report, rounded } from "../report.ts";
import { AllocationRun, type Held, isLent, matches, pairsPerSecond } from "./allocation-run.ts";
import { bareAppends } from "./bare-append.ts";
import type { AssignedAfter } from "./loading-players.ts";

/** Of the provider's answers: more than a third of the matches ask it, so that a twentieth of all is answered late. */
const late = 0.16;
/** The first matches find room in the registry for certain, whatever fails meanwhile. */
const withRoom = 400;
const rules = fileURLToPath(new URL("./allocation-rules.toml", import.meta.url));

/**
 * A thousand matches through loading to a server: from the registry, behind it from an HTTP provider, with servers that
 * fail before play and answers that come late. What is held at the end must be what is played, and then nothing.
 */
export async function allocationBench(): Promise<Report> {
  await using provider = await StandInProvider.start({ capacity: matches });
  provider.faults.byChance({ seed: 1, fails: 0, late, lost: 0, garbled: 0 });
  const coordinator = await startCoordinator({
    rules,
    settings: {
      "servers.allocators": ["registry", "http"],
      "servers.http_url": provider.url,
      "servers.http_timeout_seconds": 1,
      // Each match that the registry has no place for would be told of.
      log_level: "error",
    },
  });
  const run = new AllocationRun(coordinator, provider);
  const played = run.play();
  const appendMs = await bareAppends({ everyMs: 1_000 / pairsPerSecond, until: run.entered });
  await played;
  const leaks = await run.leaks();
  run.stop();
  await coordinator.stop();
  return reportOf(run, { leaks, appendMs });
}

function reportOf(
  run: AllocationRun,
  { leaks, appendMs }: { leaks: readonly [Held, Held]; appendMs: readonly number[] },
): Report {
  const { formed, started, replaced, requeued, playersStarted, playersLost, voided } = run.players.figures;
  const all = run.players.assignedAfter;
  const registry = sorted(all.filter(({ match }) => match < withRoom));
  const provider = sorted(all.filter(({ address }) => isLent(address)));
  const [during, after] = leaks;
  const inAppends = (share: number) => quantile(registry, share) / quantile(appendMs, share);
  const leaked = ({ live, places, lentPlaces, lent }: Held) =>
    Math.abs(places - live) + Math.abs(lent - lentPlaces);
  return {
    bench: "allocation",
    figures: {
      matches_formed: formed,
      matches_played: started,
      matches_on_provider_first: provider.length / 2,
      servers_crashed: run.drawn.crashes,
      servers_fallen_silent: run.drawn.falls_silent,
      provider_requests: requestsOf(run, "POST"),
      provider_look_ups_after_late_answers: requestsOf(run, "GET"),
      matches_with_a_second_server: replaced,
      matches_called_off_and_requeued: requeued,
      ...timesOf("loaded_to_assigned", sorted(all)),
      ...timesOf("loaded_to_assigned_registry_with_room", registry),
      ...timesOf("loaded_to_assigned_provider", provider),
      bare_append_p50_ms: rounded(quantile(appendMs, 0.5)),
      bare_append_p99_ms: rounded(quantile(appendMs, 0.99)),
      registry_p50_in_bare_appends: rounded(inAppends(0.5)),
      registry_p99_in_bare_appends: rounded(inAppends(0.99)),
      live_matches_while_some_are_held: during.live,
      places_used_while_some_are_held: during.places,
      provider_holds_while_some_are_held: during.lent,
      live_matches_at_the_end: after.live,
      provider_held_at_the_end: after.lent,
      load_busy: rounded(run.busy),
    },
    goals: [
      atMost("players without a game", 2 * matches - playersStarted, 0),
      atMost("players who left a match that was called off and do not wait again", playersLost, 0),
      atMost("matches that began and came to nothing", voided, 0),
      atMost("servers held without a live match", leaked(during) + leaked(after), 0),
      atMost("last match.loaded to match.assigned p50, registry, in bare appends", inAppends(0.5), 20),
      atMost("last match.loaded to match.assigned p99, registry, in bare appends", inAppends(0.99), 20),
    ],
  };
}

function requestsOf({ provider }: AllocationRun, method: string): number {
  return provider.seen.filter((request) => request.method === method).length;
}

function timesOf(name: string, times: readonly number[]): Record<string, number> {
  if (times.length === 0) return {};
  return {
    [`${name}_p50_ms`]: rounded(quantile(times, 0.5)),
    [`${name}_p99_ms`]: rounded(quantile(times, 0.99)),
    [`${name}_max_ms`]: rounded(times[times.length - 1]),
  };
}

function sorted(waits: readonly AssignedAfter[]): number[] {
  return waits.map(({ ms }) => ms).sort((left, right) => left - right);
}
