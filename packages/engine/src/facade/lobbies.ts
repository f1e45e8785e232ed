import type { Command, Match, MatchId, PlayerId, State, TicketId } from "@matchforge/core";
import type { Result } from "./results.ts";

/** Where a lobby stands; a lobby is a match seen from a game that gathers its players. */
export type LobbyState = "waiting_for_ready" | "forming" | "ready" | "dispatched";

/** A match, as a game that gathers its players sees it. It is gone once it is closed or decided. */
export interface Lobby {
  readonly match: MatchId;
  readonly state: LobbyState;
  readonly mode: string;
  /** By team, its players. */
  readonly teams: readonly (readonly PlayerId[])[];
  /** Who has accepted. */
  readonly ready: readonly PlayerId[];
  readonly map: string | null;
  readonly region: string | null;
  readonly server: string | null;
  /** What the tickets brought along. */
  readonly custom: readonly { readonly ticket: TicketId; readonly custom: string }[];
}

/**
 * Matches on their way to play, and in it.
 *
 * @example
 * for (const { match, state } of forge.lobbies.list({ mode: "arena" })) console.log(match, state);
 */
export class Lobbies {
  readonly #state: () => State;
  readonly #answer: (command: Command) => Result;

  constructor(options: { readonly state: () => State; readonly answer: (command: Command) => Result }) {
    this.#state = options.state;
    this.#answer = options.answer;
  }

  /**
   * A lobby; undefined when there is none, or its match has its result.
   *
   * @example
   * const state = forge.lobbies.get(match)?.state;
   */
  get(match: MatchId): Lobby | undefined {
    const found = this.#state().matches.get(match);
    return found && lobbyOf(found);
  }

  /**
   * All lobbies, of one mode if given.
   *
   * @example
   * for (const { match } of forge.lobbies.list({ mode: "arena" })) console.log(match);
   */
  list({ mode }: { readonly mode?: string } = {}): Lobby[] {
    return [...this.#state().matches.values()]
      .filter((match) => mode === undefined || match.mode === mode)
      .flatMap((match) => lobbyOf(match) ?? []);
  }

  /**
   * A player is ready: the same as accepting.
   *
   * @example
   * forge.lobbies.markReady({ match, player: "player_ada" });
   */
  markReady({ match, player }: { readonly match: MatchId; readonly player: PlayerId }): Result {
    return this.#answer({ type: "match.accept", match, player });
  }

  /**
   * Sends a match of a mode without `autoDispatch` to a server; its countdown begins.
   *
   * @example
   * forge.lobbies.dispatch({ match: lobby.match, server: "eu-west-3:7777" });
   */
  dispatch({ match, server }: { readonly match: MatchId; readonly server: string }): Result {
    return this.#answer({ type: "match.dispatch", match, server });
  }

  /**
   * Ends a match that has no result: before play its tickets end, in play it is void and stakes go back.
   *
   * @example
   * forge.lobbies.close({ match, reason: "maintenance" });
   */
  close({ match, reason }: { readonly match: MatchId; readonly reason: string }): Result {
    return this.#answer({ type: "match.close", match, reason });
  }
}

function lobbyOf(match: Match): Lobby | undefined {
  const state = stateOf(match);
  if (state === undefined) return undefined;
  const teams: PlayerId[][] = [];
  for (const { id, team } of match.players) {
    teams[team] ??= [];
    teams[team].push(id);
  }
  return {
    match: match.id,
    state,
    mode: match.mode,
    teams,
    ready: match.players.filter(({ accepted }) => accepted).map(({ id }) => id),
    map: match.map,
    region: match.region,
    server: match.server,
    custom: match.custom,
  };
}

function stateOf({ phase }: Match): LobbyState | undefined {
  switch (phase.state) {
    case "FORMING":
      return "forming";
    case "MATCHED":
      return "waiting_for_ready";
    case "PREPARING":
      return "forming";
    case "READY":
      return "ready";
    case "ACTIVE":
      return "dispatched";
    case "RESOLVED":
      return undefined;
  }
}
