import type { KernelEvent, MatchId, MatchResolved, NodeOrphaned, PlayerId } from "@matchforge/core";
import type { Check, Moment, Violate } from "./check.ts";

/** A ticket whose player we cut off waits for them this long: the usual grace and the extension. */
const ticketGraceMs = 45_000;
/** Whoever plays and is cut off by us has this long to return. */
const playGraceMs = 60_000;
/** Where play begins without them, counted from then on: the usual grace at least. */
const returnWithinMs = 30_000;

/**
 * Our own faults cost players nothing. From when a node is lost or drains until its players are back: none of them
 * forfeits, none is blamed for being away or loses a result, a match still asked about is not cancelled for it, every match
 * of theirs has 30 s more, their waiting tickets live 45 s, and what they were blamed for since the node's last entry is
 * taken back.
 */
export function checkNeutrality(violate: Violate): Check {
  return {
    event(event, moment) {
      switch (event.type) {
        case "match.forfeited":
          if (isOurs(event.player, moment) && !isOwnDeed(event.player, moment))
            violate(`16: ${event.player} forfeits ${event.match} because of a fault of ours`);
          return;
        case "match.cancelled":
          return judgeBlame(event, moment, violate);
        case "match.voided":
          return judgeVoid(event, moment, violate);
        case "node.draining":
          if (!moment.events.some((other) => other.type === "node.orphaned" && other.node === event.node))
            violate(`16: ${event.node} drains, and its players are not told`);
          return;
        case "match.resolved":
          return judgeResult(event, moment, violate);
        case "ticket.ended":
          if (event.reason === "disconnected") judgeTicket(event, moment, violate);
          return;
        case "node.orphaned":
          judgeOrphans(event, moment, violate);
          return judgeOffences(event, moment, violate);
      }
    },
    end(moment) {
      for (const event of moment.events)
        if (event.type === "node.orphaned") judgeAfter(event, moment, violate);
    },
  };
}

function isOurs(id: PlayerId, { chronicle }: Moment): boolean {
  return chronicle.players.get(id)?.orphanedAt != null;
}

/** Whether the entry is a command of the player's own. */
function isOwnDeed(id: PlayerId, { entry: { command } }: Moment): boolean {
  return "player" in command && command.player === id;
}

function judgeBlame(
  { match, reason, offenders }: Extract<KernelEvent, { type: "match.cancelled" }>,
  moment: Moment,
  violate: Violate,
): void {
  for (const { player } of offenders) {
    if (isOurs(player, moment) && !isOwnDeed(player, moment))
      violate(`16: ${player} is blamed that ${match} was cancelled (${reason}) because of a fault of ours`);
  }
  const isOfFault = moment.events.some(
    (event) => event.type === "node.orphaned" && event.matches.includes(match),
  );
  if (isOfFault && reason === "disconnected")
    violate(`16: ${match} is cancelled because a node of ours is gone`);
}

/** Nobody's match is void for a fault of ours before whom we cut off had time to return, unless the game is over. */
function judgeVoid(
  { match: id, reason }: Extract<KernelEvent, { type: "match.voided" }>,
  { chronicle, events }: Moment,
  violate: Violate,
): void {
  const known = chronicle.matches.get(id);
  const isOver = known?.counting === true || events.some(({ type }) => type === "match.finished");
  if (isOver || !reason.includes("fault")) return;
  const away = [...(known?.entrants.keys() ?? [])]
    .map((player) => chronicle.players.get(player)?.orphanedAt ?? chronicle.time)
    .map((orphanedAt) => chronicle.time - orphanedAt);
  if (Math.max(0, ...away) < returnWithinMs)
    violate(`16: ${id} is void ${Math.max(0, ...away)} ms after our fault`);
}

/**
 * A result costs nobody anything whom we cut off and who may still return. Who gave up before has lost by themselves; and
 * where a game is played elsewhere, our fault has cut nobody off from it.
 */
function judgeResult({ match, result }: MatchResolved, { chronicle }: Moment, violate: Violate): void {
  const isElsewhere = chronicle.matches.get(match)?.mode.game === "external";
  if (isElsewhere && result.endReason !== "forfeit") return;
  for (const { player, outcome } of result.players) {
    const orphanedAt = chronicle.players.get(player)?.orphanedAt ?? null;
    const hasGivenUp = chronicle.matches.get(match)?.entrants.get(player)?.forfeited === true;
    if (orphanedAt === null || outcome !== "loss" || hasGivenUp) continue;
    const awayMs = chronicle.time - orphanedAt;
    if (awayMs < playGraceMs) violate(`16: ${player} loses ${match} ${awayMs} ms after a fault of ours`);
  }
}

function judgeTicket(
  { ticket, players }: Extract<KernelEvent, { type: "ticket.ended" }>,
  { chronicle }: Moment,
  violate: Violate,
): void {
  for (const id of players) {
    const orphanedAt = chronicle.players.get(id)?.orphanedAt ?? null;
    if (orphanedAt === null) continue;
    const awayMs = chronicle.time - orphanedAt;
    if (awayMs < ticketGraceMs)
      violate(`16: ${ticket} ends ${awayMs} ms after a fault of ours cut ${id} off`);
  }
}

/** All players of the node are named, and the fault began no later than it fell silent. */
function judgeOrphans({ node, since, players }: NodeOrphaned, { chronicle }: Moment, violate: Violate): void {
  const known = chronicle.nodes.get(node);
  if (known !== undefined && since > known.lastEntryAt)
    violate(`16: ${node} is gone since ${known.lastEntryAt}, not ${since}`);
  for (const [id, player] of chronicle.players) {
    if (player.epoch !== 0 && player.node === node && !players.includes(id))
      violate(`16: ${id} was connected to ${node} and is not told`);
  }
}

/** Nobody is blamed for what happened at the node since it fell silent, wherever they are by now. */
function judgeOffences(
  { node, since, players, excused }: NodeOrphaned,
  { chronicle }: Moment,
  violate: Violate,
): void {
  for (const [id, player] of chronicle.players) {
    const isBlamed = player.offences.some((offence) => offence.node === node && offence.at >= since);
    if (isBlamed && !players.includes(id) && !excused.includes(id))
      violate(`16: ${id} stays blamed for what happened at ${node} since ${since}`);
  }
}

function judgeAfter({ since, players, matches }: NodeOrphaned, moment: Moment, violate: Violate): void {
  const { state } = moment;
  for (const id of players)
    if (state.players.get(id)?.offences.some(({ at }) => at >= since))
      violate(`16: ${id} is still blamed for what happened since ${since}`);
  for (const id of matches) judgeDeadline(id, moment, violate);
}

function judgeDeadline(id: MatchId, { state, chronicle }: Moment, violate: Violate): void {
  const promised = chronicle.matches.get(id)?.deadline;
  const actual = state.matches.get(id)?.phase.deadline;
  if (actual !== undefined && promised !== actual)
    violate(`16: the deadline of ${id} is ${actual}, not ${promised}`);
}
