import type { Command, KernelEvent, RefusalCode } from "@matchforge/core";
import type { Moment } from "../audit/check.ts";

/** A situation that a long simulation must have met, by its id in the list of failure scenarios. */
export interface Scenario {
  readonly id: string;
  /** What is seen when it is met. */
  readonly when: string;
  /** Watches one world for it; left out: the part of the world that brings it about tells. */
  readonly watch?: () => Watch;
  /** With fewer coordinators it cannot be. */
  readonly nodesMin?: number;
}

/** Which events or commands are looked at, and whether the situation is there. */
export interface Watch {
  readonly events?: readonly KernelEvent["type"][];
  readonly commands?: readonly Command["type"][];
  /** Before the chronicle knows of the event. */
  event?(event: KernelEvent, moment: Moment): boolean;
  /** After all events of the entry. */
  entry?(moment: Moment): boolean;
}

type EventOf<Type extends KernelEvent["type"]> = Extract<KernelEvent, { readonly type: Type }>;
type CommandOf<Type extends Command["type"]> = Extract<Command, { readonly type: Type }>;

/** Watches for an event that fulfils a condition. */
export function onEvent<Type extends KernelEvent["type"]>(
  type: Type,
  isMet: (event: EventOf<Type>, moment: Moment) => boolean,
): () => Watch {
  return () => ({ events: [type], event: (event, moment) => isMet(event as EventOf<Type>, moment) });
}

/** Watches for a command whose entry fulfils a condition. */
export function onCommand<Type extends Command["type"]>(
  types: Type | readonly Type[],
  isMet: (command: CommandOf<Type>, moment: Moment) => boolean,
): () => Watch {
  const commands = typeof types === "string" ? [types] : types;
  return () => ({ commands, entry: (moment) => isMet(moment.entry.command as CommandOf<Type>, moment) });
}

/** Why the command of an entry was refused; null: it was not. */
export function refusalIn({ entry, events }: Moment): RefusalCode | null {
  for (const event of events)
    if (event.type === "refused" && event.command === entry.command.type) return event.code;
  return null;
}
