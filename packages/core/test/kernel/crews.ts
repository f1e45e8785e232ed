import assert from "node:assert/strict";
import type {
  Crew,
  CrewId,
  KernelEvent,
  MatchId,
  PlayerId,
  SiegeDeclare,
  TicketId,
} from "../../src/index.ts";
import { refusal, Shard } from "./shard.ts";

/** Enough people for two crews and some who watch. */
export const names = "ada bob cyd dan eve fay gil hal ian jay kim lea mia ned oli pam".split(" ");

/** A crew, its leader, the others and all of them. */
export interface Gang {
  readonly shard: Shard;
  readonly crew: CrewId;
  readonly leader: PlayerId;
  readonly others: readonly PlayerId[];
  readonly members: readonly PlayerId[];
}

/** A crew of some players; the first leads. */
export function crewOf(members: readonly string[], shard = Shard.started(), crew: CrewId = "crew_red"): Gang {
  const [leader, ...others] = members.map((name) => shard.connect(name)) as [PlayerId, ...PlayerId[]];
  const commands = [
    { type: "crew.create", crew, player: leader } as const,
    ...others.flatMap((player) => [
      { type: "crew.invite", crew, player: leader, invited: player } as const,
      { type: "crew.join", crew, player } as const,
    ]),
  ];
  for (const command of commands) assert.equal(refusal(shard.apply(command)), undefined);
  return { shard, crew, leader, others, members: [leader, ...others] };
}

/** A crew all of whom wait for another one. */
export function queuedCrew(members: readonly string[], shard = Shard.started(), crew: CrewId = "crew_red") {
  const made = crewOf(members, shard, crew);
  return { ...made, ticket: shard.enqueue(made.leader, "siege", { crew, members: made.members }) };
}

/** A crew that there is. */
export function founded(shard: Shard, crew: CrewId): Crew {
  const found = shard.state.crews.get(crew);
  assert.ok(found !== undefined, `there is no ${crew}`);
  return found;
}

/** Two crews: red of five, blue of four; who are left over belong to nobody. */
export function rivals(shard = Shard.started()): { shard: Shard; red: Gang; blue: Gang } {
  const red = crewOf(names.slice(0, 5), shard, "crew_red");
  return { shard, red, blue: crewOf(names.slice(5, 9), shard, "crew_blue") };
}

/** A crew waits for a territory with its first members. */
export function queueFor({ shard, crew, leader, members }: Gang, territory: string, size = 3): TicketId {
  return shard.enqueue(leader, "proxy", { crew, territory, members: members.slice(0, size) });
}

/** Everybody of a match has accepted, the escrow is open and play has begun. */
export function begun(shard: Shard, match: MatchId): MatchId {
  for (const { id } of shard.match(match).players)
    if (shard.stateOf(match) === "MATCHED") shard.apply({ type: "match.accept", match, player: id });
  shard.apply({ type: "effect.done", key: `escrow:${match}`, txHash: null });
  shard.wait(5_000);
  assert.equal(shard.stateOf(match), "ACTIVE");
  return match;
}

/** Both crews are matched for a territory; red is side 0. */
export function paired({ red, blue }: { red: Gang; blue: Gang }, territory = "alpha"): MatchId {
  const tickets = [red, blue].map((gang) => [queueFor(gang, territory)]);
  return red.shard.propose(tickets, `proxy:bronze:${territory}`);
}

export function report(shard: Shard, match: MatchId, ranks: readonly [number, number]): KernelEvent[] {
  const events = shard.apply({ type: "match.report", match, ranks });
  shard.apply({ type: "effect.done", key: `settle:${match}`, txHash: null });
  return events;
}

/** Red has won the territory alpha. */
export function owned(shard = Shard.started()) {
  const both = rivals(shard);
  report(shard, begun(shard, paired(both)), [1, 2]);
  assert.equal(shard.state.territories.get("proxy:alpha")?.owner, "crew_red");
  return both;
}

export function declareCommand({ crew, leader }: Gang, change: Partial<SiegeDeclare> = {}): SiegeDeclare {
  return {
    type: "siege.declare",
    match: "match_siege",
    crew,
    player: leader,
    mode: "proxy",
    territory: "alpha",
    tier: "bronze",
    secretEpoch: 1,
    commitment: null,
    ...change,
  };
}

/** Blue besieges alpha, and so many of each side have joined. */
export function besieged({ blue: blues = 0, red: reds = 0 } = {}, shard = Shard.started()) {
  const both = owned(shard);
  const { match } = declareCommand(both.blue);
  const declared = shard.apply(declareCommand(both.blue));
  assert.equal(refusal(declared), undefined);
  const join = (player: PlayerId | undefined) =>
    shard.apply({ type: "siege.join", match, player: player as PlayerId });
  for (const player of [...both.blue.members.slice(0, blues), ...both.red.members.slice(0, reds)])
    assert.equal(refusal(join(player)), undefined);
  return { ...both, match, declared, join };
}
