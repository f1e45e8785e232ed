import type {
  PartyId,
  PlayerId,
  RegionLatency,
  State,
  TicketEnqueue,
  TicketId,
  Wishes,
} from "@matchforge/core";
import { currentMode } from "@matchforge/core";

/** A wish to play. */
export interface JoinRequest {
  /** Who asks; of a party its leader. */
  readonly player: PlayerId;
  readonly mode: string;
  /** Further modes: the first match in any of them takes the ticket out of all. */
  readonly modes?: readonly string[];
  /** The stake tier of wagered modes. */
  readonly tier?: string;
  /** The party that queues as one. */
  readonly party?: PartyId;
  /** Others who queue along without being a party. */
  readonly mates?: readonly PlayerId[];
  /** The opponent's rating must lie in this range… */
  readonly opponentRating?: { readonly min?: number; readonly max?: number };
  /** …until the last step of the search, unless this is false. Default true. */
  readonly expandSearch?: boolean;
  /** The only regions to play in; gives way like `opponentRating`. */
  readonly regions?: readonly string[];
  /** Round trips in ms, by region. */
  readonly latencies?: Readonly<Record<string, number>>;
  /** Whom never to meet. */
  readonly blocked?: readonly PlayerId[];
  /** Roles the player takes, the best liked first. */
  readonly roles?: readonly string[];
  /** The same of mates; whoever is not named takes any. */
  readonly roleOfMates?: Readonly<Record<PlayerId, readonly string[]>>;
  /** Your own data: kept with the ticket and handed on to its match, as JSON. */
  readonly custom?: unknown;
}

/** The command a wish becomes. */
export function enqueueOf(
  state: State,
  request: JoinRequest,
  {
    ticket,
    draw,
    secretEpoch,
  }: { readonly ticket: TicketId; readonly draw: number; readonly secretEpoch: number },
): TicketEnqueue {
  const { player, party, mates = [], mode, modes = [], tier, custom } = request;
  const members =
    party === undefined ? undefined : state.parties.get(party)?.members.map((one) => one.player);
  return {
    type: "ticket.enqueue",
    ticket,
    player,
    members: members ?? [player, ...mates],
    party: party ?? null,
    pools: [mode, ...modes].map((id) => ({ mode: id, tier: isWagered(state, id) ? (tier ?? null) : null })),
    wishes: wishesOf(request),
    ...(custom !== undefined && { custom: JSON.stringify(custom) }),
    draw,
    secretEpoch,
  };
}

/** An unknown tier of a mode without stakes is told by the kernel. */
function isWagered(state: State, mode: string): boolean {
  const rules = currentMode(state, mode);
  return rules === undefined || rules.stakes.length > 0;
}

function wishesOf(request: JoinRequest): Partial<Wishes> {
  const { opponentRating, expandSearch = true, regions, latencies, blocked = [] } = request;
  return {
    opponentMin: opponentRating?.min ?? null,
    opponentMax: opponentRating?.max ?? null,
    expandSearch,
    regions: regions ?? null,
    latencies: latencies === undefined ? null : latenciesOf(latencies),
    blocked,
    roles: rolesOf(request),
  };
}

/** By name, so that the same latencies make the same command. */
export function latenciesOf(latencies: Readonly<Record<string, number>>): RegionLatency[] {
  return Object.keys(latencies)
    .sort()
    .map((region) => ({ region, latencyMs: latencies[region] }));
}

function rolesOf({ party, roles = [], mates = [], roleOfMates }: JoinRequest): (readonly string[])[] {
  if (party !== undefined) return roles.length === 0 ? [] : [roles];
  const all = [roles, ...mates.map((mate) => rolesOfMate(mate, roleOfMates))];
  return all.every(({ length }) => length === 0) ? [] : all;
}

/** A mate may be called like something that every object has. */
function rolesOfMate(mate: PlayerId, roles: JoinRequest["roleOfMates"]): readonly string[] {
  return roles !== undefined && Object.hasOwn(roles, mate) ? roles[mate] : [];
}
