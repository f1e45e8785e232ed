import type { ServerId } from "../../ids.ts";
import type { EffectFailed, Entry, ServerChoose, ServerLent } from "../commands.ts";
import type { KernelEvent, MatchAllocated, MatchUnallocated } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { modeOfMatch } from "../lookups.ts";
import type { Effect, Match } from "../model.ts";
import { allocationKeyOf, releaseOf } from "../prepare.ts";
import { bestServer, isServerAddress } from "../servers.ts";
import type { State } from "../state.ts";
import { cancelMatch } from "./cancel.ts";
import { refuse } from "./refuse.ts";

/** A match that waits for a server, and the request it waits for. */
interface Asked {
  readonly effect: Effect;
  readonly match: Match;
  readonly attempt: number;
}

function askedUnder(state: State, key: string): Asked | undefined {
  const effect = state.effects.get(key);
  const match = effect && state.matches.get(effect.matchId);
  if (effect?.kind !== "allocate" || match?.allocation === undefined) return undefined;
  return { effect, match, attempt: match.allocation.attempt };
}

/** The kernel chooses among the servers it knows, within what each has room for. */
export function decideChoose(state: State, entry: Entry, command: ServerChoose): KernelEvent[] {
  const asked = askedUnder(state, command.key);
  if (asked === undefined) return refuse(command, "EFFECT_NOT_FOUND");
  const server = bestServer(state, asked.match, command.allocator);
  if (server === undefined) return refuse(command, "NO_SERVER");
  const { address, region } = server.offer;
  const found = { server: server.id, address, region, isLent: false, name: null };
  return [
    allocated(state, asked, {
      ...found,
      allocator: command.allocator,
      isUnsure: isUnsure(state, entry, command),
    }),
  ];
}

/** Whoever leads now may have asked others: what a node says that led before is not certain. */
function isUnsure(state: State, { node }: Entry, said: { readonly isUnsure?: boolean }): boolean {
  return (said.isUnsure ?? true) || node !== state.leader;
}

/** An answer that comes too late finds no request: what it holds is released, which is owed already. */
export function decideLent(state: State, entry: Entry, command: ServerLent): KernelEvent[] {
  const asked = askedUnder(state, command.key);
  if (asked === undefined) return refuse(command, "EFFECT_NOT_FOUND");
  const { address, name } = command;
  if (!isServerAddress(address)) return refuse(command, "INVALID_CONFIGURATION");
  const region = isPlayedIn(state, asked.match, command.region) ? command.region : null;
  const server: ServerId = `server_${asked.match.id.slice("match_".length)}_${asked.attempt}`;
  if (state.servers.has(server)) return refuse(command, "INVALID_STATE");
  const found = { server, address, region, isLent: true, name };
  return [
    allocated(state, asked, {
      ...found,
      allocator: command.allocator,
      isUnsure: isUnsure(state, entry, command),
    }),
  ];
}

/** A lender may call regions what it likes: only what the mode knows, or at least could be one, is told to players. */
function isPlayedIn(state: State, match: Match, region: string | null): boolean {
  const { regions } = modeOfMatch(state, match).search;
  if (regions !== undefined) return region !== null && regions.names.includes(region);
  return region !== null && region.length <= kernelLimits.serverNameLengthMax;
}

type Found = Pick<MatchAllocated, "server" | "allocator" | "address" | "region" | "isLent" | "name"> & {
  readonly isUnsure: boolean;
};

function allocated(
  state: State,
  { effect, match, attempt }: Asked,
  { isUnsure, ...found }: Found,
): MatchAllocated {
  return {
    type: "match.allocated",
    match: match.id,
    attempt,
    key: effect.key,
    ...found,
    until: state.time + kernelLimits.matchTicketMs,
    release: isUnsure ? releaseOf(state, { matchId: match.id, attempt, except: found.allocator }) : null,
  };
}

/** Nobody has a server: the match is off, and nobody is to blame. */
export function decideUnallocated(state: State, entry: Entry, command: EffectFailed): KernelEvent[] {
  const asked = askedUnder(state, command.key);
  if (asked === undefined) return [];
  const { reason } = command;
  return unallocated(state, asked.match, { reason, isUnsure: isUnsure(state, entry, command) });
}

/** The same when nobody has answered in time. */
export function unallocated(
  state: State,
  match: Match,
  { reason, isUnsure }: { readonly reason: string; readonly isUnsure: boolean },
): KernelEvent[] {
  const cancelled = cancelMatch(state, match, { reason: "no_server", offenders: [] });
  const { allocation } = match;
  if (allocation === undefined || !allocation.isPending) return [cancelled];
  const { attempt } = allocation;
  const said: MatchUnallocated = {
    type: "match.unallocated",
    match: match.id,
    attempt,
    key: allocationKeyOf(match.id, attempt),
    reason: reason.slice(0, kernelLimits.serverAddressLengthMax),
    release: isUnsure ? releaseOf(state, { matchId: match.id, attempt }) : null,
  };
  return [said, cancelled];
}
