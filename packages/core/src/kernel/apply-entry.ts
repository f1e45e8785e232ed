import { advance } from "./advance.ts";
import type { Command, Entry } from "./commands.ts";
import { decide } from "./decide/decide.ts";
import { refuse } from "./decide/refuse.ts";
import type { KernelEvent } from "./events.ts";
import { evolve } from "./evolve/evolve.ts";
import { expire } from "./expire/expire.ts";
import { kernelLimits } from "./limits.ts";
import type { Match } from "./model.ts";
import type { State, Subject } from "./state.ts";
import { subjectsOf } from "./subjects.ts";

/**
 * Applies the next entry of the log: moves shard time, fires the deadlines due, judges the command, and
 * follows up with every move that matches make by themselves. Returns what happened, in order. The same
 * entries give the same events and the same state, bit for bit, on every node and in every replay.
 *
 * @throws Error when the entry is not the next one, or when `evolve` fails: the replica must be rebuilt.
 * @example
 * const events = applyEntry(state, { position: 1, at: 0, node: "node/1", command: { type: "node.up", levels: [1] } });
 */
export function applyEntry(state: State, entry: Entry): KernelEvent[] {
  if (entry.position !== state.position + 1) {
    throw new Error(`entry ${entry.position} does not follow ${state.position}`);
  }
  if (!Number.isFinite(entry.at)) throw new Error(`entry ${entry.position} has no time`);
  advanceClock(state, entry);
  const events: KernelEvent[] = [];
  fireDeadlines(state, events);
  fireSubjectsOf(state, entry.command, events);
  record(state, judge(state, entry), events);
  return events;
}

/** Shard time moves by what the log's clock moved, but never by more than the longest step. */
function advanceClock(state: State, entry: Entry): void {
  const rules = state.rules.get(state.rulesVersion);
  const longest =
    rules === undefined ? kernelLimits.maxStepMs : (rules.maxStepMs ?? Number.POSITIVE_INFINITY);
  const elapsed = state.position === 0 ? 0 : Math.max(0, entry.at - state.at);
  state.time += Math.min(elapsed, longest);
  state.at = Math.max(state.at, entry.at);
  state.position = entry.position;
  const node = state.nodes.get(entry.node);
  if (node !== undefined) node.lastEntryAt = state.time;
}

function fireDeadlines(state: State, events: KernelEvent[]): void {
  for (let fired = 0; fired < kernelLimits.deadlinesPerEntry; fired += 1) {
    const subject = state.deadlines.first();
    if (subject === undefined || subject.deadline > state.time) return;
    fire(state, subject, events);
  }
}

/** A deadline that cannot be judged is put off, loudly: it must not stop the shard either. */
function fire(state: State, subject: Subject, events: KernelEvent[]): void {
  let decided: KernelEvent[];
  try {
    decided = expire(state, subject);
  } catch (error) {
    const detail = `deadline of ${subject.id}: ${textOf(error)}`;
    decided = [{ type: "violation", code: "EXPIRE_THREW", detail }];
    state.deadlines.set(subject, state.time + kernelLimits.brokenDeadlineRetryMs);
  }
  record(state, decided, events);
}

/** When more deadlines are due than one entry fires, a command's own subjects still come first. */
function fireSubjectsOf(state: State, command: Command, events: KernelEvent[]): void {
  const first = state.deadlines.first();
  if (first === undefined || first.deadline > state.time) return;
  for (const subject of readableSubjects(state, command)) {
    if (subject.deadline <= state.time) fire(state, subject, events);
  }
}

/** A command too broken to tell what it speaks of is left for `decide` to refuse. */
function readableSubjects(state: State, command: Command): readonly Subject[] {
  try {
    return subjectsOf(state, command);
  } catch {
    return [];
  }
}

/** An entry that makes `decide` throw is refused alike on every replica: it cannot stop a shard. */
function judge(state: State, entry: Entry): KernelEvent[] {
  const fenced = entry.command.type !== "node.up" && !state.nodes.has(entry.node);
  if (fenced) return refuse(entry.command, "NODE_NOT_FOUND");
  try {
    return decide(state, entry);
  } catch (error) {
    const detail = `${entry.command.type} at ${entry.position}: ${textOf(error)}`;
    return [...refuse(entry.command, "INTERNAL_ERROR"), { type: "violation", code: "DECIDE_THREW", detail }];
  }
}

function record(state: State, decided: readonly KernelEvent[], events: KernelEvent[]): void {
  for (const event of decided) note(state, event, events);
  for (const event of decided) follow(state, event, events);
}

/** Records an event, and says so when what a plug-in answered could not be used for it. */
function note(state: State, event: KernelEvent, events: KernelEvent[]): void {
  evolve(state, event);
  events.push(event);
  if ("fault" in event && event.fault !== undefined)
    events.push({ type: "violation", code: "PLUGIN_FAILED", detail: `${event.type}: ${event.fault}` });
}

/** Lets the match an event belongs to make its own next moves, until it waits for somebody. */
function follow(state: State, event: KernelEvent, events: KernelEvent[]): void {
  const id = (event as { match?: Match["id"] | null }).match;
  if (id === undefined || id === null) return;
  for (;;) {
    const moves = nextMoves(state, id);
    for (const move of moves) note(state, move, events);
    if (moves.length === 0 || moves[0].type === "violation") return;
  }
}

/** A match whose next move cannot be judged stays where it is, loudly, until its deadline. */
function nextMoves(state: State, id: Match["id"]): readonly KernelEvent[] {
  const match = state.matches.get(id);
  if (match === undefined) return [];
  try {
    return advance(state, match);
  } catch (error) {
    return [{ type: "violation", code: "ADVANCE_THREW", detail: `${id}: ${textOf(error)}` }];
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
