import type { Account } from "../programs/unprivileged-account.ts";

/** What a process asks of its keeper; each request is answered once, by its id. */
export type KeeperRequest = { readonly id: number } & (
  | { readonly do: "makeFolder"; readonly owner: Account | undefined }
  | { readonly do: "removeFolder"; readonly folder: string }
  | ({ readonly do: "start" } & ProgramToStart)
);

/** A program, and the file that takes what it prints. */
export interface ProgramToStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly account: Account | undefined;
  readonly logFile: string;
}

export interface KeeperAnswers {
  readonly makeFolder: { readonly folder: string };
  readonly removeFolder: Record<never, never>;
  readonly start: { readonly pid: number };
}

/** What a keeper says: answers, and which programs have ended, by the request that started them. */
export type KeeperMessage =
  | { readonly id: number; readonly answer: KeeperAnswers[keyof KeeperAnswers] }
  | { readonly id: number; readonly failure: string }
  | { readonly ended: number; readonly exitCode: number | null };
