import type { Entry, PlayerConnected, PlayerDisconnected, PlayerPrefer } from "../commands.ts";
import type { KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { matchPlayerOf, modeOfMatch } from "../lookups.ts";
import type { Player } from "../model.ts";
import { areSoundPreferences } from "../preferences.ts";
import { levelOfServers, type State } from "../state.ts";
import { cancelMatch } from "./cancel.ts";
import { dropFromForming } from "./leave-forming.ts";
import { refuse } from "./refuse.ts";
import { isSoundRecord } from "./sound-record.ts";

/** A new connection takes over: its epoch is the entry's position, older ones are stale from here on. */
export function decideConnected(state: State, entry: Entry, command: PlayerConnected): KernelEvent[] {
  if (!state.nodes.has(command.node)) return refuse(command, "NODE_NOT_FOUND");
  if (command.records?.every(isSoundRecord) === false) return refuse(command, "INVALID_CONFIGURATION");
  // Builds that know no higher level pass over what came with it.
  const { preferences, via } = state.level >= levelOfServers ? command : withoutNews;
  if (preferences !== undefined && !areSoundPreferences(preferences))
    return refuse(command, "INVALID_CONFIGURATION");
  const player = state.players.get(command.player);
  const isConnected = player !== undefined && player.epoch !== 0 && player.via === undefined;
  // Who asks over HTTP is present anyway; a connection would be lost to it.
  if (via !== undefined && isConnected) return refuse(command, "INVALID_STATE");
  const isForgotten = player?.preferences === undefined;
  const backIn = player !== undefined && player.epoch === 0 ? player.match : null;
  return [
    {
      type: "player.connected",
      player: command.player,
      epoch: entry.position,
      node: command.node,
      guest: player?.guest ?? command.guest,
      backIn,
      ...(command.records !== undefined && { records: command.records }),
      ...(isForgotten && preferences !== undefined && { preferences }),
      ...(via !== undefined && { via }),
    },
  ];
}

const withoutNews: Pick<PlayerConnected, "preferences" | "via"> = {};

/** A player says what later tickets are to want. */
export function decidePrefer(state: State, command: PlayerPrefer): KernelEvent[] {
  if (state.level < levelOfServers) return refuse(command, "LEVEL_NOT_SUPPORTED");
  const { player, preferences, origin } = command;
  if (!state.players.has(player)) return refuse(command, "PLAYER_NOT_FOUND");
  if (!areSoundPreferences(preferences)) return refuse(command, "INVALID_CONFIGURATION");
  return [{ type: "player.preferred", player, preferences, ...(origin !== undefined && { origin }) }];
}

/** Only the live connection's end counts: the late close of a replaced socket names an old epoch. */
export function decideDisconnected(state: State, command: PlayerDisconnected): KernelEvent[] {
  const player = state.players.get(command.player);
  if (player === undefined) return refuse(command, "PLAYER_NOT_FOUND");
  if (player.epoch === 0 || player.epoch !== command.epoch) return refuse(command, "STALE_EPOCH");
  return disconnect(state, player);
}

function disconnect(state: State, player: Player): KernelEvent[] {
  const match = player.match === null ? undefined : state.matches.get(player.match);
  const own = match && matchPlayerOf(match, player.id);
  const active = match !== undefined && match.phase.state === "ACTIVE";
  const events: KernelEvent[] = [
    {
      type: "player.disconnected",
      player: player.id,
      epoch: player.epoch,
      ticketUntil: player.ticket === null ? null : state.time + kernelLimits.ticketGraceMs,
      forfeitAt: active ? state.time + modeOfMatch(state, match).graceMs : null,
      match: active ? match.id : null,
    },
  ];
  if (match?.phase.state === "FORMING" && own !== undefined) events.push(dropFromForming(state, match, own));
  if (match !== undefined && match.phase.state === "MATCHED" && own?.accepted === false) {
    events.push(cancelMatch(state, match, { reason: "disconnected", offenders: [player.id] }));
  }
  return events;
}
