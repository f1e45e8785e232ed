import type { AdminRequest, Command, State } from "../../src/index.ts";
import type { Step } from "./random-commands.ts";
import { matchAt, pick, playerAt } from "./random-picks.ts";
import { ruleSets } from "./random-rules.ts";

/** A halted shard makes no matches, and uploaded rules keep others out: neither lasts for long. */
function usual({ haltedAt, rulesBy, position }: State): number | null {
  if (haltedAt !== undefined) return 8;
  return rulesBy !== undefined && position % 3 > 0 ? 5 : null;
}

/** An operator does something, now and then to what is not there. */
export function adminCommand(state: State, { a, b, c }: Step): Command {
  // What is left of it: whether an operator acts at all goes by its remainder.
  const draw = Math.floor(c / 12);
  const tickets = [...state.tickets.keys()];
  const nodes = [...state.nodes.keys()];
  const { rulesVersion } = state;
  const request = pick<AdminRequest>(
    [
      { type: "match.close", match: matchAt(state, b)?.id ?? "match_none" },
      { type: "ticket.withdraw", ticket: tickets.length === 0 ? "ticket_none" : pick(tickets, b) },
      { type: "player.pardon", player: playerAt(b), mode: draw % 2 === 0 ? null : "duel" },
      { type: "announce", text: draw % 5 === 0 ? "" : "hello", severity: "info" },
      { type: "node.drain", node: nodes.length === 0 ? "none/1" : pick(nodes, b) },
      { type: "rules.adopt" },
      draw % 3 === 0
        ? { type: "rules.configure", rules: pick(ruleSets, b) }
        : { type: "rules.rollback", version: Math.max(1, rulesVersion - (b % 4)) },
      { type: "rules.adopt" },
      { type: "shard.resume" },
      { type: "shard.resume" },
    ],
    usual(state) ?? a,
  );
  const reason = draw % 29 === 0 ? "" : "because";
  return { type: "admin.act", actor: "player_root", reason, request };
}
