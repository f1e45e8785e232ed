import type { Command, CrewCommand, Entry, PartyCommand, ServerCommand, SiegeCommand } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import type { State } from "../state.ts";
import { decideAct } from "./admin.ts";
import { decideArchiveProgress } from "./archive.ts";
import { decideCrew } from "./crew.ts";
import { decideEffectDone, decideEffectFailed } from "./effect.ts";
import { decideEpochOpen, decideEpochReveal } from "./epoch.ts";
import {
  decideAbandon,
  decideAccept,
  decideBegin,
  decideClose,
  decideDecline,
  decideDispatch,
  decideNotified,
  decideReport,
} from "./match.ts";
import { decidePropose, decideViolation } from "./matcher.ts";
import { decideDraining, decideHash, decideLead, decideLevel, decideUp } from "./node.ts";
import { decideOfServers } from "./of-servers.ts";
import { decideParty } from "./party.ts";
import { decideCheckpoint, decideFinish } from "./play.ts";
import { decideConnected, decideDisconnected, decidePrefer } from "./player.ts";
import { repeatedRequest } from "./request.ts";
import { decideFill } from "./round.ts";
import { decideConfigure } from "./rules.ts";
import { decideSiege } from "./siege.ts";
import { decideCancel, decideEnqueue } from "./ticket.ts";

/**
 * Judges one entry against the state at its position. Pure: it reads the state and writes nothing.
 * A refusal is one `refused` event; no input of a client makes it throw.
 *
 * @example
 * const command = { type: "node.up", levels: [1] } as const;
 * decide(state, { position: 1, at: 0, node: "node/1", command }); // [{ type: "node.up", node: "node/1", levels: [1], address: null }]
 */
export function decide(state: State, entry: Entry): KernelEvent[] {
  const repeated = repeatedRequest(state, entry.command);
  return repeated ?? decideFresh(state, entry, entry.command);
}

function decideFresh(state: State, entry: Entry, command: Command): KernelEvent[] {
  switch (command.type) {
    case "ticket.enqueue":
      return decideEnqueue(state, command);
    case "ticket.cancel":
      return decideCancel(state, command);
    case "matcher.propose":
      return decidePropose(state, command);
    case "round.fill":
      return decideFill(state, command);
    case "matcher.violation":
      return decideViolation(state, command);
    case "match.notified":
      return decideNotified(state, command);
    case "match.accept":
      return decideAccept(state, command);
    case "match.decline":
      return decideDecline(state, command);
    case "match.abandon":
      return decideAbandon(state, command);
    case "match.begin":
      return decideBegin(state, command);
    case "match.checkpoint":
      return decideCheckpoint(state, command);
    case "match.finish":
      return decideFinish(state, command);
    case "match.report":
      return decideReport(state, command);
    case "match.dispatch":
      return decideDispatch(state, command);
    case "match.close":
      return decideClose(state, command);
    case "player.connected":
      return decideConnected(state, entry, command);
    case "player.disconnected":
      return decideDisconnected(state, command);
    case "player.prefer":
      return decidePrefer(state, command);
    case "effect.done":
      return decideEffectDone(state, command);
    case "effect.failed":
      return decideEffectFailed(state, entry, command);
    case "node.alive":
      return [];
    case "admin.act":
      return decideAct(state, entry, command);
    default:
      return decideOfMany(state, entry, command);
  }
}

/** What players ask who act together, and what concerns game servers; the rest concerns the shard itself. */
function decideOfMany(state: State, entry: Entry, command: Together | ShardCommand): KernelEvent[] {
  switch (command.type) {
    case "party.create":
    case "party.invite":
    case "party.join":
    case "party.leave":
    case "party.kick":
    case "party.promote":
    case "party.ready":
    case "party.disband":
      return decideParty(state, command);
    case "crew.create":
    case "crew.invite":
    case "crew.join":
    case "crew.leave":
    case "crew.kick":
    case "crew.promote":
    case "crew.disband":
      return decideCrew(state, command);
    case "siege.declare":
    case "siege.join":
      return decideSiege(state, command);
    case "server.up":
    case "server.alive":
    case "server.drain":
    case "server.down":
    case "server.choose":
    case "server.lent":
    case "match.loaded":
    case "match.admit":
    case "match.redeem":
    case "match.standing":
    case "match.result":
    case "match.claim":
      return decideOfServers(state, entry, command);
    default:
      return decideHousekeeping(state, entry, command);
  }
}

type Together = PartyCommand | CrewCommand | SiegeCommand | ServerCommand;

type Housekeeping = Extract<
  Command,
  {
    type: `node.${string}` | `epoch.${string}` | `rules.${string}` | `kernel.${string}` | `archive.${string}`;
  }
>;

type ShardCommand = Exclude<Housekeeping, { type: "node.alive" }>;

function decideHousekeeping(state: State, entry: Entry, command: ShardCommand) {
  switch (command.type) {
    case "node.up":
      return decideUp(state, entry, command);
    case "node.lead":
      return decideLead(state, entry, command);
    case "node.draining":
      return decideDraining(state, entry, command);
    case "node.hash":
      return decideHash(state, entry, command);
    case "kernel.level":
      return decideLevel(state, command);
    case "epoch.open":
      return decideEpochOpen(state, command);
    case "epoch.reveal":
      return decideEpochReveal(state, command);
    case "rules.configure":
      return decideConfigure(state, command);
    case "archive.progress":
      return decideArchiveProgress(state, command);
    default:
      throw new Error(`there is no command ${(command as Command).type}`);
  }
}
