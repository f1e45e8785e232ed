import assert from "node:assert/strict";

/** The names of everything a shard has in Redis. They share a hash tag, so that one server of a cluster has it all. */
export interface ShardKeys {
  readonly head: string;
  readonly batches: string;
  readonly writers: string;
  readonly snapshots: string;
  readonly wakeUps: string;
  /** What the view for outside readers describes, and the lists of its queues and matches. */
  readonly view: string;
  readonly queues: string;
  readonly matches: string;
  /** What happened, for readers outside. */
  readonly stream: string;
  snapshot(id: string): string;
  topic(topic: string): string;
  queue(pool: string): string;
  match(id: string): string;
}

/** The names for a shard; its own name is made of letters, digits, `_`, `-` and `.`. */
export function shardKeys(shard: string): ShardKeys {
  assert.match(shard, /^[\w.-]+$/, "A shard's name is made of letters, digits, _, - and .");
  const tag = `{mf:${shard}}`;
  return {
    head: `${tag}:head`,
    batches: `${tag}:batches`,
    writers: `${tag}:writers`,
    snapshots: `${tag}:snapshots`,
    wakeUps: `${tag}:wake-ups`,
    view: `${tag}:view`,
    queues: `${tag}:queues`,
    matches: `${tag}:matches`,
    stream: `${tag}:stream`,
    snapshot: (id) => `${tag}:snapshot:${id}`,
    topic: (topic) => `${tag}:topic:${topic}`,
    queue: (pool) => `${tag}:queue:${pool}`,
    match: (id) => `${tag}:match:${id}`,
  };
}
