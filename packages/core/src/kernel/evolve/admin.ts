import type { PlayerPardoned, ShardHalted } from "../events.ts";
import type { Player } from "../model.ts";
import type { State } from "../state.ts";

export function rulesAdopted(state: State): void {
  delete state.rulesBy;
}

export function halted(state: State, { position }: ShardHalted): void {
  state.haltedAt = position;
}

export function resumed(state: State): void {
  delete state.haltedAt;
}

export function pardoned(state: State, { player: id, mode }: PlayerPardoned): void {
  const player = state.players.get(id) as Player;
  player.offences = mode === null ? [] : player.offences.filter((offence) => offence.mode !== mode);
}
