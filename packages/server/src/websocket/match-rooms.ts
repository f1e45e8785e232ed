import type { KernelEvent, MatchId, PlayerId, State } from "@matchforge/core";

interface Room {
  readonly players: readonly PlayerId[];
  textLength: number;
}

/**
 * Who is in which match: kept until the match has ended for good, because its last events tell its players
 * of a match that the kernel no longer holds.
 */
export class MatchRooms {
  readonly #rooms = new Map<MatchId, Room>();

  constructor(state: State) {
    for (const match of state.matches.values()) {
      const textLength = match.phase.state === "ACTIVE" ? (match.phase.text?.length ?? 0) : 0;
      this.#rooms.set(match.id, { players: match.players.map((player) => player.id), textLength });
    }
  }

  playersOf(match: MatchId): readonly PlayerId[] {
    return this.#rooms.get(match)?.players ?? [];
  }

  textLengthOf(match: MatchId): number {
    return this.#rooms.get(match)?.textLength ?? 0;
  }

  started(match: MatchId, textLength: number): void {
    const room = this.#rooms.get(match);
    if (room !== undefined) room.textLength = textLength;
  }

  /** Before an event is told. */
  before(event: KernelEvent): void {
    if (event.type !== "match.created") return;
    this.#rooms.set(event.match, { players: event.players.map(({ player }) => player), textLength: 0 });
  }

  /** After an event has been told. */
  after(event: KernelEvent): void {
    if (event.type === "match.settled" || event.type === "match.cancelled" || event.type === "match.voided") {
      this.#rooms.delete(event.match);
    }
  }
}
