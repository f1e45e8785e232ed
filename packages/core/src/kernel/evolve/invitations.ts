import type { PlayerId } from "../../ids.ts";
import { invitationsDeadline } from "../lookups.ts";
import type { Crew, Party } from "../model.ts";
import type { State } from "../state.ts";

/** Somebody is invited; what has run out is forgotten on the way. */
export function invite(state: State, group: Party | Crew, invitation: Party["invitations"][number]): void {
  group.invitations = [...group.invitations.filter(({ until }) => until > state.time), invitation];
  state.deadlines.set(group, invitationsDeadline(group));
}

/** The invitations of some players end. */
export function uninvite(state: State, group: Party | Crew, players: readonly PlayerId[]): void {
  group.invitations = group.invitations.filter(({ player }) => !players.includes(player));
  state.deadlines.set(group, invitationsDeadline(group));
}
