import type { Command, TicketId } from "@matchforge/core";
import type { HostileOptions } from "./hostile-command.ts";

/** Attempts of a gateway or a coordinator that is wrong or was replaced: terms that are over, levels and secrets made up. */
export function hostileShardCommands({ random, player, state }: HostileOptions): readonly Command[] {
  const epoch = random.between(0, state.position);
  const term = epoch === state.term ? epoch - 1 : epoch;
  const huge = random.pick([Number.MAX_SAFE_INTEGER, -1, 0.5]);
  const secretEpoch = [...state.secretEpochs.keys()].at(-1) ?? 0;
  const known: TicketId = [...state.tickets.keys()][0] ?? "ticket_nowhere";
  return [
    { type: "player.disconnected", player, epoch },
    { type: "player.connected", player, node: "nowhere/boot1", guest: true },
    {
      type: "epoch.reveal",
      term: state.term,
      number: random.pick([...state.secretEpochs.keys(), 0]),
      secret: "guess",
    },
    { type: "epoch.open", term, number: secretEpoch + 1, hash: "0".repeat(64) },
    { type: "archive.progress", cursor: state.position + 1_000_000 },
    { type: "kernel.level", term, level: state.level + 1 },
    { type: "kernel.level", term: state.term, level: state.level + random.pick([1, -1]) },
    { type: "node.lead" },
    {
      type: "ticket.enqueue",
      ticket: random.pick<TicketId>([known, `ticket_made_up_${random.uint32()}`]),
      player,
      members: [player, player],
      party: null,
      pools: [{ mode: random.pick(["duel", "nowhere"]), tier: random.pick([null, "low", "made up"]) }],
      wishes: { opponentMin: huge, opponentMax: -huge },
      draw: huge,
      secretEpoch,
    },
  ];
}
