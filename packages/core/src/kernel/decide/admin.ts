import type {
  AdminAct,
  AdminAnnounce,
  AdminDrain,
  AdminPardon,
  AdminRequest,
  AdminWithdraw,
  Entry,
} from "../commands.ts";
import type { AdminActed, KernelEvent } from "../events.ts";
import { kernelLimits } from "../limits.ts";
import { currentMode } from "../lookups.ts";
import type { RefusalCode } from "../refusals.ts";
import { levelOfServers, type State } from "../state.ts";
import { closed } from "./match.ts";
import { refuse } from "./refuse.ts";
import { configured } from "./rules.ts";

/** What follows from a request, or why nothing does. */
type Judged = readonly KernelEvent[] | RefusalCode;

/** What an operator asks for: the audit's line comes first, whatever the judgement, and then what follows. */
export function decideAct(state: State, entry: Entry, command: AdminAct): KernelEvent[] {
  if (state.level < levelOfServers) return refuse(command, "LEVEL_NOT_SUPPORTED");
  const { actor, reason, request } = command;
  const subject = subjectOf(state, request);
  if (!isTellable({ actor, reason, ...subject })) return refuse(command, "INVALID_CONFIGURATION");
  const { judged, trouble } = judgeSafely(state, entry, command);
  const acted: AdminActed = {
    type: "admin.acted",
    actor,
    action: request.type,
    ...subject,
    reason,
    outcome: typeof judged === "string" ? judged : "done",
  };
  return [acted, ...(typeof judged === "string" ? refuse(command, judged) : judged), ...trouble];
}

/** An attempt that cannot even be judged stands in the audit, too. */
function judgeSafely(
  state: State,
  entry: Entry,
  command: AdminAct,
): { readonly judged: Judged; readonly trouble: readonly KernelEvent[] } {
  try {
    return { judged: judge(state, entry, command), trouble: [] };
  } catch (error) {
    const detail = `${command.request.type} at ${entry.position}: ${error instanceof Error ? error.message : "unknown"}`;
    return { judged: "INTERNAL_ERROR", trouble: [{ type: "violation", code: "DECIDE_THREW", detail }] };
  }
}

function judge(state: State, entry: Entry, { actor, reason, request }: AdminAct): Judged {
  switch (request.type) {
    case "rules.configure":
      return configured(state, request.rules, actor);
    case "rules.rollback": {
      const earlier = request.version === state.rulesVersion ? undefined : state.rules.get(request.version);
      return earlier === undefined ? "RULES_NOT_FOUND" : configured(state, earlier, actor);
    }
    case "rules.adopt":
      return state.rulesBy === undefined ? "INVALID_STATE" : [{ type: "rules.adopted" }];
    case "match.close":
      return closed(state, { match: request.match, reason });
    case "player.pardon":
      return pardoned(state, request);
    case "ticket.withdraw":
      return withdrawn(state, request);
    case "announce":
      return announced(entry, request);
    case "node.drain":
      return drained(state, request);
    case "shard.resume":
      return state.haltedAt === undefined ? "INVALID_STATE" : [{ type: "shard.resumed" }];
  }
}

function pardoned(state: State, { player: id, mode }: AdminPardon): Judged {
  const player = state.players.get(id);
  if (player === undefined) return "PLAYER_NOT_FOUND";
  const isKnown = mode === null || currentMode(state, mode) !== undefined;
  if (!isKnown && !player.offences.some((offence) => offence.mode === mode)) return "QUEUE_NOT_FOUND";
  return [{ type: "player.pardoned", player: id, mode }];
}

function withdrawn(state: State, { ticket: id }: AdminWithdraw): Judged {
  const ticket = state.tickets.get(id);
  if (ticket?.state !== "waiting") return "TICKET_NOT_WAITING";
  return [{ type: "ticket.ended", ticket: id, players: ticket.playerIds, reason: "closed" }];
}

function announced({ position }: Entry, { text, severity }: AdminAnnounce): Judged {
  return [{ type: "announced", id: `announcement_${position}`, text, severity }];
}

function drained(state: State, { node: id }: AdminDrain): Judged {
  const node = state.nodes.get(id);
  if (node === undefined) return "NODE_NOT_FOUND";
  return node.draining ? "INVALID_STATE" : [{ type: "node.drain_asked", node: id }];
}

/** What the audit says a request was about. */
function subjectOf(state: State, request: AdminRequest): Pick<AdminActed, "object" | "detail"> {
  switch (request.type) {
    case "rules.configure":
      return { object: "rules", detail: `version ${state.rulesVersion + 1}` };
    case "rules.rollback":
      return { object: "rules", detail: `version ${state.rulesVersion + 1} is version ${request.version}` };
    case "rules.adopt":
      return { object: "rules", detail: null };
    case "match.close":
      return { object: request.match, detail: null };
    case "player.pardon":
      return { object: request.player, detail: request.mode };
    case "ticket.withdraw":
      return { object: request.ticket, detail: null };
    case "announce":
      return { object: "everybody", detail: request.text };
    case "node.drain":
      return { object: request.node, detail: null };
    case "shard.resume":
      return { object: "shard", detail: null };
  }
}

/** The audit outlives the shard and goes into databases: nothing stands in it that one of them would not take. */
function isTellable({
  actor,
  reason,
  object,
  detail,
}: Omit<AdminActed, "type" | "action" | "outcome">): boolean {
  const { idLengthMax, reasonLengthMax, announcementLengthMax } = kernelLimits;
  const texts: readonly [string, number][] = [
    [actor, idLengthMax],
    [object, idLengthMax],
    [reason, reasonLengthMax],
    [detail ?? "none", announcementLengthMax],
  ];
  return texts.every(([text, lengthMax]) => isPlain(text) && text.length > 0 && text.length <= lengthMax);
}

/** Without control characters and halves of characters. */
function isPlain(text: string): boolean {
  for (const character of text) if (character < " ") return false;
  return text.isWellFormed();
}
