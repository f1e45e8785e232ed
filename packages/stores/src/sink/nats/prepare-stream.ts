import assert from "node:assert/strict";
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
  type StreamState,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";
import { StoreError } from "../../errors.ts";
import { storeLimits } from "../../limits.ts";

/** The stream a shard's records stand in. */
export interface StreamPlan {
  readonly name: string;
  /** What all subjects begin with. */
  readonly prefix: string;
  readonly recordsMax: number;
  readonly replicas: number;
}

/** The stream of a shard, whose name may hold no point. */
export function streamPlan(options: {
  readonly shard: string;
  readonly recordsMax: number;
  readonly replicas: number;
}): StreamPlan {
  const { shard, ...limits } = options;
  assert.match(shard, /^[\w-]+$/, "A shard's name in NATS is made of letters, digits, _ and -");
  return { name: `matchforge_${shard}`, prefix: `matchforge.${shard}`, ...limits };
}

/**
 * Makes the stream where it is missing. One that is there stays as its operator has made it, if it can hold records at all.
 *
 * @throws StoreError `UNSAFE_SETTINGS` where it cannot.
 */
export async function prepareStream(
  manager: JetStreamManager,
  { plan, place }: { readonly plan: StreamPlan; readonly place: string },
): Promise<StreamState> {
  try {
    const found = await manager.streams.info(plan.name);
    refuseUnsafe(found, { plan, place });
    return found.state;
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)) throw error;
  }
  const made = await manager.streams.add({
    name: plan.name,
    subjects: [`${plan.prefix}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    max_msgs: plan.recordsMax,
    num_replicas: plan.replicas,
    duplicate_window: nanos(storeLimits.natsDuplicateMs),
  });
  return made.state;
}

function refuseUnsafe(
  { config }: StreamInfo,
  { plan, place }: { readonly plan: StreamPlan; readonly place: string },
): void {
  const problems = [
    ...(config.storage === StorageType.File ? [] : ["it is kept in memory alone"]),
    ...(config.retention === RetentionPolicy.Limits ? [] : ["it forgets what somebody has read"]),
    ...(config.subjects.includes(`${plan.prefix}.>`) ? [] : [`it does not take ${plan.prefix}.>`]),
  ];
  if (problems.length === 0) return;
  const advice = `Remove the stream, so that it is made anew, or give it other settings.`;
  throw new StoreError(
    "UNSAFE_SETTINGS",
    `The stream ${plan.name} of ${place} cannot hold the records: ${problems.join(", ")}. ${advice}`,
  );
}
