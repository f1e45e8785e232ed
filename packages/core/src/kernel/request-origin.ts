/** Where a client's command came from; lets the kernel carry it out once. */
export interface RequestOrigin {
  /** Client instance id and message id, joined. */
  readonly key: string;
  readonly bodyHash: number;
}
