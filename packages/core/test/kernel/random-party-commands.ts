import type { Command, Party, PlayerId, State, TicketEnqueue } from "../../src/index.ts";
import type { Step } from "./random-commands.ts";

const roles = [[], ["tank"], ["healer"], ["tank", "healer"], ["dps"]] as const;
const latencies = [
  [],
  [{ region: "eu", latencyMs: 30 }],
  [
    { region: "eu", latencyMs: 150 },
    { region: "us", latencyMs: 20 },
  ],
  [{ region: "us", latencyMs: -1 }],
] as const;

/** What a party's members do: mostly what comes next, sometimes anything by anybody. */
export function partyCommand(state: State, step: Step, playerAt: (number: number) => PlayerId): Command {
  const { a, b, c } = step;
  const parties = [...state.parties.values()];
  if (parties.length === 0 || a % 9 === 0) {
    const sizeMax = a % 5 === 0 ? 99 : 2 + (b % 3);
    return {
      type: "party.create",
      party: `party_${state.position}`,
      player: playerAt(b),
      sizeMax,
      ...origin(step),
    };
  }
  const party = parties[b % parties.length];
  return c % 3 === 0 ? anything(party, step, playerAt) : next(state, party, step, playerAt);
}

/** The party's way into a queue: it fills up, gets ready, and its leader queues. */
function next(state: State, party: Party, step: Step, playerAt: (number: number) => PlayerId): Command {
  const { a, b, c } = step;
  const { id, leader, members, invitations } = party;
  const unready = members.find(({ player, ready }) => !ready && player !== leader);
  if (invitations.length > 0) return { type: "party.join", party: id, player: invitations[0].player };
  if (members.length < 2 || (members.length < party.sizeMax && a % 4 === 0))
    return { type: "party.invite", party: id, player: leader, invited: playerAt(c) };
  if (unready !== undefined) return { type: "party.ready", party: id, player: unready.player, ready: true };
  return enqueueParty(state, party, b);
}

function anything(party: Party, step: Step, playerAt: (number: number) => PlayerId): Command {
  const { a, b, c } = step;
  const asked = { party: a % 23 === 0 ? "party_none" : party.id, ...origin(step) } as const;
  const player = a % 3 === 0 ? playerAt(c) : party.members[a % party.members.length].player;
  const member = b % 7 === 0 ? playerAt(c) : party.members[b % party.members.length].player;
  const commands: readonly Command[] = [
    { type: "party.leave", ...asked, player },
    { type: "party.kick", ...asked, player: party.leader, member },
    { type: "party.promote", ...asked, player, member },
    { type: "party.join", ...asked, player },
    { type: "party.invite", ...asked, player, invited: playerAt(b) },
    {
      type: "party.ready",
      ...asked,
      player,
      ready: b % 5 !== 0,
      roles: roles[c % roles.length],
      latencies: latencies[b % latencies.length],
    },
    { type: "party.ready", ...asked, player, ready: true },
    { type: "party.disband", ...asked, player: b % 4 === 0 ? player : "player_nobody" },
  ];
  return commands[c % commands.length];
}

function enqueueParty(state: State, { id, leader, members }: Party, b: number): TicketEnqueue {
  const modes = members.length === 2 ? ["pairs", "squad"] : ["siege", "squad"];
  const mode = modes[b % modes.length];
  return {
    type: "ticket.enqueue",
    ticket: `ticket_${state.position}`,
    player: leader,
    members: members.map(({ player }) => player),
    party: id,
    pools: [{ mode, tier: mode === "pairs" ? "bronze" : null }],
    draw: b,
    secretEpoch: [...state.secretEpochs.keys()].at(-1) ?? 0,
  };
}

function origin({ b, c }: Step) {
  return c % 4 === 0 ? { origin: { key: `request ${b % 6}`, bodyHash: c % 2 } } : undefined;
}
