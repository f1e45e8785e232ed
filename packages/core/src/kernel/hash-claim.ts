/** What a claim of a node is about: the events of the stretch that ends with its position, or the whole state after it. */
export type HashSubject = "events" | "state";

/** What a node says it made of the log. Claims about one thing at one position are compared. */
export interface HashClaim {
  readonly of: HashSubject;
  readonly position: number;
  readonly hash: string;
  /** Whether the node has read that part of the log again since it was told that others differ. */
  readonly replayed: boolean;
}
