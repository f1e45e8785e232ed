import { currentMode, type PlayerId, type RequestOrigin, type State } from "@matchforge/core";
import type { ClientMessages, ErrorCode, TicketRequest } from "@matchforge/protocol";
import { enqueueCommand } from "../../websocket/requests/enqueue-command.ts";
import { carryOut } from "../carry-out.ts";
import type { Refusal } from "../problems.ts";
import type { TicketDesk } from "./ticket-desk.ts";
import type { TicketStory } from "./ticket-story.ts";

/** The ticket a request made, now or when it came before; or why it made none. */
export type MadeTicket =
  | { readonly ok: true; readonly isRepeat: boolean; readonly story: TicketStory }
  | { readonly ok: false; readonly refusal: Refusal };

type Entering = ClientMessages["queue.enter"];

/** Makes the ticket that a request asks for, once. The player must be present. */
export async function makeTicket(
  desk: TicketDesk,
  { player, origin, body }: { player: PlayerId; origin: RequestOrigin; body: TicketRequest },
): Promise<MadeTicket> {
  const before = desk.stories.madeBy(player, origin.key);
  if (before !== undefined) return repeated(before, origin);
  const { deps } = desk;
  const data = enteringOf(deps.state(), player, body);
  if ("code" in data) return { ok: false, refusal: data };
  const command = enqueueCommand(
    { state: deps.state(), ids: deps.ids, dice: deps.dice },
    { player, records: [], origin, data },
  );
  if (typeof command === "string") return { ok: false, refusal: { code: command } };
  const carried = await carryOut(deps, command);
  if (!carried.ok) return carried;
  const story = carried.isRepeat
    ? (desk.stories.madeBy(player, origin.key) ?? desk.stories.currentOf(player))
    : desk.stories.of(command.ticket, player);
  // The shard remembers the request, and nobody here what became of its ticket.
  if (story === undefined) return { ok: false, refusal: { code: "REPEATED" } };
  return { ok: true, isRepeat: carried.isRepeat, story };
}

function repeated(story: TicketStory, { bodyHash }: RequestOrigin): MadeTicket {
  const isSame = story.origin?.bodyHash === bodyHash;
  return isSame ? { ok: true, isRepeat: true, story } : { ok: false, refusal: { code: "ID_REUSED" } };
}

/** The same wish as a socket's message; where it names no mode, the player's preferred ones. */
function enteringOf(state: State, player: PlayerId, body: TicketRequest): Entering | Refusal {
  const { mode, modes, wager, ...wishes } = body;
  const preferred = state.players.get(player)?.preferences?.modes ?? [];
  const all = [...(mode === undefined ? [] : [mode]), ...(modes ?? [])];
  const [game_type, ...further] = all.length > 0 ? all : preferred;
  if (game_type === undefined)
    return { code: "MISSING_FIELD", detail: "mode is missing, and you prefer none." };
  const tier = wager === undefined ? undefined : tierOf(state, game_type, wager);
  const fault = tierFault(wager, tier, wishes.stake_tier);
  if (fault !== null)
    return { code: fault, detail: "wager is no stake of this mode, or not that of its tier." };
  return {
    ...wishes,
    game_type,
    ...(further.length > 0 && { modes: further }),
    ...(tier !== undefined && { stake_tier: tier }),
  };
}

function tierFault(wager?: string, tier?: string, named?: string): ErrorCode | null {
  if (wager === undefined) return null;
  if (tier === undefined) return "QUEUE_NOT_FOUND";
  return named === undefined || named === tier ? null : "INVALID_CONFIGURATION";
}

function tierOf(state: State, mode: string, wager: string): string | undefined {
  const stakes = currentMode(state, mode)?.stakes ?? [];
  return stakes.find(({ stake }) => BigInt(stake) === BigInt(wager))?.tier;
}
