/** What a store tells its operator while it goes on by itself. The list is closed. */
export type StoreReportCode =
  /** A connection to a server was lost; it is being renewed. */
  | "STORE_DISCONNECTED"
  /** A connection that was lost is back. */
  | "STORE_CONNECTED"
  /** A server refuses something that its settings have to allow. */
  | "STORE_REFUSED"
  /** A relay dropped messages: the other side was gone, too slow, or the message too long. */
  | "RELAY_DROPPED"
  /** A listener of a relay threw. */
  | "RELAY_LISTENER_FAILED"
  /** Listeners of a relay published without end; the rest was dropped. */
  | "RELAY_OVERFLOW"
  /** A relay cannot reach another node. */
  | "RELAY_PEER_LOST"
  /** Another node broke the rules of the relay's line and was let go. */
  | "RELAY_PEER_DROPPED";

/** Hears what a store wants its operator to know. Must not throw. */
export type StoreReport = (problem: { readonly code: StoreReportCode; readonly detail: string }) => void;
