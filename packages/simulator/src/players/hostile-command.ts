import { type Command, noQuality, type PlayerId, type State } from "@matchforge/core";
import type { Random } from "../time/random.ts";

/** A command no honest client would send, such as a compromised gateway or matcher could still put into the log. */
export function hostileCommand(options: {
  readonly random: Random;
  readonly player: PlayerId;
  readonly state: State;
}): Command {
  const { random, player, state } = options;
  const matches = [...state.matches.keys()];
  const match = matches.length === 0 || random.chance(0.2) ? "match_nowhere" : random.pick(matches);
  const tickets = [...state.tickets.keys()];
  const ticket = tickets.length === 0 ? "ticket_nowhere" : random.pick(tickets);
  const other = tickets.length === 0 ? "ticket_nowhere" : random.pick(tickets);
  const pools = [...state.pools.keys(), "nowhere"];
  const epoch = random.between(0, state.position);
  const parties = [...state.parties.keys()];
  const party = parties.length === 0 ? "party_nowhere" : random.pick(parties);
  const effects = [...state.effects.keys(), "settle:match_nowhere"];
  const huge = random.pick([Number.MAX_SAFE_INTEGER, -1, 0.5]);
  const typed = { position: huge, wrong: 0, keys: huge, backspaces: 0, errors: 0 };
  return random.pick<Command>([
    { type: "match.accept", match, player },
    { type: "match.decline", match, player },
    { type: "match.abandon", match, player: "player_nobody" },
    { type: "match.checkpoint", match, player, epoch, typed, final: true },
    { type: "match.finish", match, player, epoch, typed },
    { type: "match.begin", match, text: "guess", salt: "guess" },
    { type: "match.report", match, ranks: [1, huge] },
    { type: "match.dispatch", match, server: "nowhere" },
    { type: "match.close", match, reason: "made up" },
    { type: "party.kick", party, player, member: "player_nobody" },
    { type: "party.disband", party, player: "player_nobody" },
    { type: "party.ready", party, player, ready: true, latencies: [{ region: "eu", latencyMs: huge }] },
    {
      type: "round.fill",
      term: random.chance(0.5) ? state.term : epoch,
      match: random.chance(0.5) ? match : `match_made_up_${random.uint32()}`,
      pool: random.pick(pools),
      rulesVersion: state.rulesVersion,
      tickets: [ticket, other],
      quality: noQuality,
      secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
      commitment: null,
    },
    { type: "player.disconnected", player, epoch },
    { type: "effect.failed", key: `${random.pick(effects)}x`, reason: "made up" },
    {
      type: "matcher.propose",
      term: random.chance(0.5) ? state.term : epoch,
      match: random.chance(0.5) ? match : `match_made_up_${random.uint32()}`,
      pool: random.pick(pools),
      rulesVersion: state.rulesVersion,
      teams: [[ticket], [random.chance(0.3) ? ticket : other]],
      quality: noQuality,
      secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
      commitment: random.chance(0.5) ? "0".repeat(64) : null,
    },
    {
      type: "ticket.enqueue",
      ticket,
      player,
      members: [player, player],
      party: null,
      pools: [{ mode: random.pick(pools), tier: random.pick([null, "low", "made up"]) }],
      wishes: { opponentMin: huge, opponentMax: -huge },
      draw: huge,
      secretEpoch: 1,
    },
  ]);
}
