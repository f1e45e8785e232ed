import type { Command, Party, PartyId, PlayerId, RatingRecord, State } from "@matchforge/core";
import { currentMode, partyRatingOf, recordOf } from "@matchforge/core";
import { latenciesOf } from "./join.ts";
import type { Result } from "./results.ts";

/** A party and one who acts in it. */
export interface PartyMember {
  readonly party: PartyId;
  readonly player: PlayerId;
}

/**
 * Players who queue as one. What each call refuses stands with its codes in `docs/spec/party.md`.
 *
 * @example
 * const made = forge.parties.create({ leader: "player_ada", sizeMax: 5 });
 */
export class Parties {
  readonly #state: () => State;
  readonly #answer: (command: Command) => Result;
  readonly #nextId: () => PartyId;
  readonly #connect: (player: PlayerId) => void;

  constructor(options: {
    readonly state: () => State;
    readonly answer: (command: Command) => Result;
    readonly nextId: () => PartyId;
    readonly connect: (player: PlayerId) => void;
  }) {
    this.#state = options.state;
    this.#answer = options.answer;
    this.#nextId = options.nextId;
    this.#connect = options.connect;
  }

  /**
   * Makes a party whose leader is alone in it.
   *
   * @example
   * const made = forge.parties.create({ leader: "player_ada", sizeMax: 5 });
   * if (made.ok) forge.parties.add({ party: made.party, player: "player_bob" });
   */
  create({ leader, sizeMax = 5 }: { readonly leader: PlayerId; readonly sizeMax?: number }): Result<{
    readonly party: PartyId;
  }> {
    this.#connect(leader);
    const party = this.#nextId();
    const result = this.#answer({ type: "party.create", party, player: leader, sizeMax });
    return result.ok ? { ok: true, party } : result;
  }

  /**
   * The leader invites somebody, for a minute.
   *
   * @example
   * forge.parties.invite({ party, player: leader, invited: "player_bob" });
   */
  invite({ party, player, invited }: PartyMember & { readonly invited: PlayerId }): Result {
    this.#connect(invited);
    return this.#answer({ type: "party.invite", party, player, invited });
  }

  /**
   * Takes up an invitation.
   *
   * @example
   * forge.parties.join({ party, player: "player_bob" });
   */
  join({ party, player }: PartyMember): Result {
    return this.#answer({ type: "party.join", party, player });
  }

  /**
   * Invites somebody in the leader's name, lets them join and be ready: for games that arrange that themselves.
   *
   * @example
   * forge.parties.add({ party, player: "player_bob", roles: ["healer"] });
   */
  add({ party, player, ...said }: PartyMember & Pick<Ready, "roles" | "latencies">): Result {
    const leader = this.get(party)?.leader;
    if (leader === undefined) return { ok: false, code: "PARTY_NOT_FOUND" };
    const invited = this.invite({ party, player: leader, invited: player });
    if (!invited.ok) return invited;
    const joined = this.join({ party, player });
    return joined.ok ? this.ready({ party, player, ready: true, ...said }) : joined;
  }

  /**
   * Says whether a member is ready to queue, and with which roles and latencies.
   *
   * @example
   * forge.parties.ready({ party, player: "player_bob", ready: true, roles: ["healer"], latencies: { eu: 30 } });
   */
  ready({ party, player, ready, roles, latencies }: Ready): Result {
    return this.#answer({
      type: "party.ready",
      party,
      player,
      ready,
      ...(roles !== undefined && { roles }),
      ...(latencies !== undefined && { latencies: latenciesOf(latencies) }),
    });
  }

  /**
   * Leaves; a waiting party is taken back, and when its leader goes the longest-standing member leads.
   *
   * @example
   * forge.parties.leave({ party, player: "player_bob" });
   */
  leave({ party, player }: PartyMember): Result {
    return this.#answer({ type: "party.leave", party, player });
  }

  /**
   * The leader sends a member away.
   *
   * @example
   * forge.parties.kick({ party, player: leader, member: "player_bob" });
   */
  kick({ party, player, member }: PartyMember & { readonly member: PlayerId }): Result {
    return this.#answer({ type: "party.kick", party, player, member });
  }

  /**
   * The leader hands over to a member.
   *
   * @example
   * forge.parties.promote({ party, player: leader, member: "player_bob" });
   */
  promote({ party, player, member }: PartyMember & { readonly member: PlayerId }): Result {
    return this.#answer({ type: "party.promote", party, player, member });
  }

  /**
   * The leader ends the party.
   *
   * @example
   * forge.parties.disband({ party, player: leader });
   */
  disband({ party, player }: PartyMember): Result {
    return this.#answer({ type: "party.disband", party, player });
  }

  /**
   * A party; undefined when there is none.
   *
   * @example
   * const members = forge.parties.get(party)?.members;
   */
  get(party: PartyId): Readonly<Party> | undefined {
    return this.#state().parties.get(party);
  }

  /**
   * The party that a player is in.
   *
   * @example
   * const own = forge.parties.of("player_bob")?.id;
   */
  of(player: PlayerId): Readonly<Party> | undefined {
    const party = this.#state().players.get(player)?.party;
    return party ? this.get(party) : undefined;
  }

  /**
   * The rating under which a party would look for a match of a mode; undefined for one that is unknown.
   *
   * @example
   * const points = forge.parties.ratingOf({ party, mode: "duo" });
   */
  ratingOf({ party, mode }: { readonly party: PartyId; readonly mode: string }): number | undefined {
    const rules = currentMode(this.#state(), mode);
    const records = this.get(party)?.members.map(({ player }) => this.#recordOf(player, mode));
    if (rules === undefined || records === undefined || !records.every((record) => record !== undefined)) {
      return undefined;
    }
    return partyRatingOf(rules.partyRating, this.#state().plugins)(records).rating;
  }

  #recordOf(id: PlayerId, mode: string): RatingRecord | undefined {
    const state = this.#state();
    const player = state.players.get(id);
    const rules = currentMode(state, mode);
    return player && rules && recordOf(player, rules, state.plugins);
  }
}

interface Ready extends PartyMember {
  readonly ready: boolean;
  readonly roles?: readonly string[];
  /** Round trips in ms, by region. */
  readonly latencies?: Readonly<Record<string, number>>;
}
