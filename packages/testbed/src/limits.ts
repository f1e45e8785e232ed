/** Every bound of the testbed; each is reached with an error that says which. */
export const testbedLimits = {
  /** A server that does not answer this long after its start has failed. */
  startMs: 60_000,
  /** A program that prepares something for a server, such as `initdb`, has failed after this. */
  programMs: 60_000,
  /** An orderly end that takes longer has failed. */
  stopMs: 60_000,
  /** A Redis that is asked whether it is ready says so within this, or is asked again. */
  answerMs: 1_000,
  /** Between two looks at something that is waited for. */
  lookEveryMs: 10,
  /** A port may be taken between its choice and its use; so many are tried. */
  portTries: 20,
  /** How much of a server's log an error quotes. */
  quotedLogLines: 12,
  /** Forming a cluster of six, or its recovery after a loss. */
  clusterMs: 60_000,
  /** How soon a cluster calls a silent node failed. */
  clusterNodeTimeoutMs: 1_500,
  /** Connections through one proxy, each with two sockets; further ones are reset and counted. */
  proxiedConnectionsMax: 5_000,
  /** What one direction of a connection may hold back; beyond it, the proxy does not read on. */
  heldBytesMax: 1_048_576,
  heldChunksMax: 4_096,
  /** A throttled link carries pieces of a hundredth of a second, but none smaller than this. */
  packetBytesMin: 512,
  /** Timers of a day are beyond what timers can do; a wait is cut into pieces of this. */
  timerMs: 60_000,
} as const;
