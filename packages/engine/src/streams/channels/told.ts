/** A message before it has its time. */
export interface Told {
  readonly channel: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
