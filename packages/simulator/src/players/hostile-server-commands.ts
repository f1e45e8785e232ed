import type { Command, Match, MatchId, ServerId } from "@matchforge/core";
import type { HostileOptions } from "./hostile-command.ts";

/** Attempts at a match's server with tickets that nobody has shown in time. */
function expiredIn({ id: match, players, allocation }: Match, time: number): readonly Command[] {
  if (allocation === undefined || allocation.server === null) return [];
  const { attempt } = allocation;
  return players.flatMap(({ id: player, matchTicket }) =>
    matchTicket !== undefined && !matchTicket.isRedeemed && matchTicket.until <= time
      ? [{ type: "match.redeem", match, attempt, player, serial: matchTicket.serial }]
      : [],
  );
}

/** Attempts on game servers and what is played on them: by strangers, by runs that were replaced, with what was made up. */
export function hostileServerCommands({
  random,
  player,
  state,
  lastMatch,
}: HostileOptions): readonly Command[] {
  const matches = [...state.matches.values()];
  // A match ticket is too old for a moment only: an attempt with it does not wait for its turn.
  const expired = matches.flatMap((match) => expiredIn(match, state.time))[0];
  if (expired !== undefined) return [expired];
  const loading = matches.filter(({ phase }) => phase.state === "PREPARING" && phase.due !== undefined);
  const placed = matches.filter(({ allocation }) => allocation !== undefined && allocation.server !== null);
  const match: MatchId = random.pick([...matches.map(({ id }) => id), lastMatch]);
  const served = placed.length === 0 ? undefined : random.pick(placed);
  const waiting = loading.length === 0 ? match : random.pick(loading).id;
  const servers = [...state.servers.values()];
  const known = servers.length === 0 ? undefined : random.pick(servers);
  const server: ServerId = known?.id ?? "server_nowhere";
  const epoch = random.between(0, state.position);
  const offer = { address: "made up", region: null, capacity: random.pick([0, -1, 0.5]), labels: {} };
  const holder = served && random.pick(served.players);
  const serial = holder?.matchTicket?.serial ?? 0;
  const { attempt = 1 } = served?.allocation ?? {};
  const teams = (served?.players ?? []).map(({ id }, place) => ({ players: [id], rank: place + 1 }));
  const redeemed = { match: served?.id ?? match, attempt: served?.allocation?.attempt ?? 1 };
  return [
    { type: "match.loaded", match: waiting, player },
    { type: "match.loaded", match: lastMatch, player },
    { type: "match.admit", match: redeemed.match, player },
    { type: "match.redeem", ...redeemed, player, serial },
    { type: "match.redeem", ...redeemed, player: holder?.id ?? player, serial: serial - 1 },
    { type: "match.redeem", ...redeemed, attempt: 1, player: holder?.id ?? player, serial },
    { type: "match.claim", match: redeemed.match, player: holder?.id ?? player, teams: [] },
    { type: "match.claim", match: lastMatch, player, teams: [{ players: [player], rank: 1 }] },
    { type: "match.result", match: lastMatch, attempt: 1, teams: [{ players: [player], score: 1e300 }] },
    { type: "match.result", match: redeemed.match, attempt: attempt - 1, teams },
    { type: "match.result", match: redeemed.match, attempt, teams: [{ players: [player], rank: 1 }] },
    {
      type: "match.result",
      match: redeemed.match,
      attempt,
      teams: teams.map(({ rank }) => ({ players: [player], rank })),
    },
    { type: "match.standing", match: redeemed.match, attempt: random.pick([0, 1, 3]), teams: [] },
    {
      type: "server.up",
      server,
      allocator: "made up",
      instance: "run1",
      offer: { ...offer, capacity: 1 },
      isHeard: false,
    },
    {
      type: "server.up",
      server: "server_made_up",
      allocator: "registry",
      instance: "run1",
      offer,
      isHeard: true,
    },
    { type: "server.alive", servers: [{ server, epoch }] },
    { type: "server.drain", server, epoch, draining: true },
    { type: "server.down", server, epoch },
    { type: "server.choose", key: `allocate:${match}:1`, allocator: "nobody", isUnsure: false },
    {
      type: "server.lent",
      key: `allocate:${lastMatch}:1`,
      allocator: "outside",
      name: "made up",
      address: "made up",
      region: null,
      isUnsure: false,
    },
    { type: "effect.done", key: `allocate:${match}:1`, txHash: null },
  ];
}
