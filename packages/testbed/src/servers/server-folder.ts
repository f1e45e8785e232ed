import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Keeper } from "../processes/keeper.ts";
import { type Account, unprivilegedAccount } from "../programs/unprivileged-account.ts";

/** Where a server lives, and as whom. */
export interface ServerFolder {
  readonly account: Account | undefined;
  /** The whole of it, which goes with the server. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly logFile: string;
  /** Files of its configuration and sockets lie beside its data. */
  path(name: string): string;
}

/** Makes the folder of a new server. */
export async function makeServerFolder(keeper: Keeper): Promise<ServerFolder> {
  const account = unprivilegedAccount();
  const folder = await keeper.makeFolder({ owner: account });
  const path = (name: string) => join(folder, name);
  const dataFolder = path("data");
  mkdirSync(dataFolder, { mode: 0o700 });
  if (account !== undefined) chownSync(dataFolder, account.uid, account.gid);
  return { account, folder, dataFolder, logFile: path("server.log"), path };
}
