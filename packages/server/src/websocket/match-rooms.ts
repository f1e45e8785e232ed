import type { KernelEvent, MatchId, PlayerId, State } from "@matchforge/core";

interface Room {
  readonly players: readonly PlayerId[];
  /** What each plays, in modes with roles. */
  readonly roles: ReadonlyMap<PlayerId, string>;
  readonly textLength: number;
}

const noRoom: Room = { players: [], roles: new Map(), textLength: 0 };

/**
 * Who is in which match: kept until the match has ended for good, because its last events tell its players
 * of a match that the kernel no longer holds.
 */
export class MatchRooms {
  readonly #rooms = new Map<MatchId, Room>();

  constructor(state: State) {
    for (const match of state.matches.values()) {
      const textLength = match.phase.state === "ACTIVE" ? (match.phase.text?.length ?? 0) : 0;
      const players = match.players.map(({ id, role }) => ({ player: id, role }));
      this.#rooms.set(match.id, { ...seated(players), textLength });
    }
  }

  of(match: MatchId): Room {
    return this.#rooms.get(match) ?? noRoom;
  }

  started(match: MatchId, textLength: number): void {
    const room = this.#rooms.get(match);
    if (room !== undefined) this.#rooms.set(match, { ...room, textLength });
  }

  /** Before an event is told. */
  before(event: KernelEvent): void {
    if (event.type === "match.created")
      this.#rooms.set(event.match, { ...seated(event.players), textLength: 0 });
    if (event.type === "round.joined")
      this.#change(event.match, (players) => [...players, ...seated(event.players).players]);
  }

  /** After an event has been told. */
  after(event: KernelEvent): void {
    if (event.type === "round.left")
      this.#change(event.match, (players) => players.filter((player) => !event.players.includes(player)));
    if (event.type === "match.settled" || event.type === "match.cancelled" || event.type === "match.voided") {
      this.#rooms.delete(event.match);
    }
  }

  #change(match: MatchId, change: (players: readonly PlayerId[]) => readonly PlayerId[]): void {
    const room = this.of(match);
    this.#rooms.set(match, { ...room, players: change(room.players) });
  }
}

function seated(players: readonly { readonly player: PlayerId; readonly role: string | null }[]) {
  return {
    players: players.map(({ player }) => player),
    roles: new Map(players.flatMap(({ player, role }) => (role === null ? [] : [[player, role] as const]))),
  };
}
