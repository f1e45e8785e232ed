import type { ChannelMessage, StreamRecord } from "@matchforge/stores";
import type { ReadEvent } from "../match-facts.ts";
import { playerMessages } from "./player-messages.ts";
import { sessionMessages } from "./session-messages.ts";
import type { Told } from "./told.ts";

/**
 * What is told on channels of an event and its record. A match's own channel tells what its records say; each player's says
 * what concerns that player.
 */
export function messagesOf(read: ReadEvent, record: StreamRecord | undefined): ChannelMessage[] {
  const timestamp = new Date(read.row.at).toISOString();
  const told = [
    ...(record === undefined ? [] : recordMessages(record, timestamp)),
    ...playerMessages(read, { record, timestamp }),
    ...sessionMessages(read),
  ];
  return told.map(({ channel, type, data }) => ({ channel, message: { type, data, timestamp } }));
}

function recordMessages({ type, match_id, data }: StreamRecord, timestamp: string): Told[] {
  if (type === "Violation") return [{ channel: `events:violation:${data.code}`, type: "violation", data }];
  if (type === "Announcement") return [{ channel: "system:announcements", type: "announcement", data }];
  if (match_id === undefined) return [];
  const channel = `match:${match_id}:events`;
  if (typeof data.state !== "string") return [{ channel, type: snakeCase(type), data }];
  const told: Told[] = [
    { channel, type: "game_state_update", data: { session_id: match_id, timestamp, ...data } },
  ];
  const requeued = requeuedIn(data);
  if (requeued > 0)
    told.push({
      channel: `events:queue:${data.game_type}`,
      type: "player_requeued",
      data: { mode: data.game_type, stake_tier: data.stake_tier, match_id, tickets: requeued },
    });
  return told;
}

function requeuedIn({ tickets }: StreamRecord["data"]): number {
  if (!Array.isArray(tickets)) return 0;
  return (tickets as readonly { readonly requeued: boolean }[]).filter(({ requeued }) => requeued).length;
}

/** `PlayerReady` as `player_ready`. */
function snakeCase(type: string): string {
  return type.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
