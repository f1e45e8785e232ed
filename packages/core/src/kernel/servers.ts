import { compareIds } from "../ids.ts";
import { regionsOf } from "../matching/regions.ts";
import { kernelLimits } from "./limits.ts";
import { modeOfMatch, standingIn } from "./lookups.ts";
import type { GameServer, Match, ServerOffer, Standing } from "./model.ts";
import type { State } from "./state.ts";

/** A region that nobody has measured: taken when nothing better is there. */
const unmeasuredMs = Number.MAX_SAFE_INTEGER;

/**
 * What can stand where a server's address stands: visible ASCII, so that no client chokes on it.
 *
 * @example
 * isServerAddress("203.0.113.7:7777"); // true
 */
export function isServerAddress(text: string): boolean {
  return /^[ -~]+$/.test(text) && text.length <= kernelLimits.serverAddressLengthMax;
}

/**
 * The server that a match gets of those one allocator has: in the region that is best for all players, and there the
 * least loaded; of equals the first by id. Undefined where none has room, or none that suits.
 *
 * @example
 * const server = bestServer(state, match, "registry");
 */
export function bestServer(state: State, match: Match, allocator: string): GameServer | undefined {
  const standings = standingsOf(match);
  const { serverLabels = {} } = modeOfMatch(state, match);
  let best: { readonly server: GameServer; readonly latencyMs: number } | undefined;
  for (const server of state.servers.values()) {
    if (server.allocator !== allocator || !hasRoom(server) || !hasLabels(server, serverLabels)) continue;
    const latencyMs = latencyTo(state, match, { region: server.offer.region, standings });
    if (latencyMs === null) continue;
    const candidate = { server, latencyMs };
    if (best === undefined || compare(candidate, best) < 0) best = candidate;
  }
  return best?.server;
}

/**
 * Where a match may be played, the best region for all of its players first; empty: anywhere.
 *
 * @example
 * const [region] = regionsFor(state, match);
 */
export function regionsFor(state: State, match: Match): string[] {
  const standings = standingsOf(match);
  const named = modeOfMatch(state, match).search.regions?.names;
  const measured = standings.flatMap(({ wishes }) => wishes.latencies ?? []).map(({ region }) => region);
  const reachable = [...new Set(named ?? measured)].flatMap((region) => {
    const latencyMs = latencyTo(state, match, { region, standings });
    return latencyMs === null ? [] : [{ region, latencyMs }];
  });
  return reachable
    .sort((left, right) => left.latencyMs - right.latencyMs || compareIds(left.region, right.region))
    .map(({ region }) => region);
}

function standingsOf(match: Match): Standing[] {
  return match.tickets.flatMap((ticket) => standingIn(ticket, match.pool) ?? []);
}

function hasRoom({ draining, matches, offer }: GameServer): boolean {
  return !draining && matches.length < offer.capacity;
}

function hasLabels({ offer }: GameServer, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => Object.hasOwn(offer.labels, name) && offer.labels[name] === value,
  );
}

/**
 * The longest way of any player to a region, in ms; null where one of them may not play there by the mode's rules. The
 * region that the match was made for costs nothing: it was chosen by the same measure.
 */
function latencyTo(
  state: State,
  match: Match,
  { region, standings }: { readonly region: string | null; readonly standings: readonly Standing[] },
): number | null {
  const { search } = modeOfMatch(state, match);
  if (search.regions !== undefined) {
    const place = region === null ? -1 : search.regions.names.indexOf(region);
    const isOpen = (standing: Standing) => ((regionsOf(standing, search, match.formedAt) >> place) & 1) === 1;
    if (place < 0 || !standings.every(isOpen)) return null;
    if (region === match.region) return 0;
  }
  return Math.max(0, ...standings.map(({ wishes }) => latencyIn(wishes.latencies, region)));
}

function latencyIn(latencies: Standing["wishes"]["latencies"], region: string | null): number {
  if (latencies === null) return 0;
  return latencies.find((latency) => latency.region === region)?.latencyMs ?? unmeasuredMs;
}

type Candidate = { readonly server: GameServer; readonly latencyMs: number };

function compare(left: Candidate, right: Candidate): number {
  const byLatency = left.latencyMs - right.latencyMs;
  if (byLatency !== 0) return byLatency;
  return loadOf(left.server) - loadOf(right.server) || compareIds(left.server.id, right.server.id);
}

function loadOf({ matches, offer }: GameServer): number {
  return matches.length / offer.capacity;
}

/** What a server that an outside allocator lent for one match says of itself. */
export function lentOffer({ address, region }: Pick<ServerOffer, "address" | "region">): ServerOffer {
  return { address, region, capacity: 1, labels: {} };
}
