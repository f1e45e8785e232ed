/** Every code with which a node refuses to go on. The list is closed. */
export const engineErrorCodes = [
  /** The shard is at a kernel level that this node does not know. */
  "LEVEL_NOT_SUPPORTED",
  /** This node's shard secret is not that of the shard. */
  "SECRET_DIFFERS",
  /** Another process came up under this node's name. */
  "NAME_TAKEN",
  /** This node's replica is not what the log says. */
  "REPLICA_DIFFERS",
] as const;

/** One of {@link engineErrorCodes}. */
export type EngineErrorCode = (typeof engineErrorCodes)[number];

/**
 * Why a node cannot be, or remain, part of its shard.
 *
 * @example
 * if (error instanceof EngineError && error.code === "NAME_TAKEN") process.exitCode = 1;
 */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
