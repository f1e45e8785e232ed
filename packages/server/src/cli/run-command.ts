import { StoreError } from "@matchforge/stores";
import { EngineError } from "matchforge";
import { KeySetError } from "../auth/public-keys.ts";
import { SecretError } from "../auth/secrets.ts";
import { UsageError } from "./usage-error.ts";

/** Runs a command; what goes wrong is told in a sentence that says what to do, and ends with exit code 1, or 2 where the command was given what it cannot use. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(explain(error));
    // A command that failed has nothing left to wait for, whatever it had begun.
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

function explain(error: unknown): string {
  const told = [UsageError, StoreError, SecretError, KeySetError, EngineError];
  if (error instanceof Error && told.some((kind) => error instanceof kind)) return error.message;
  const { code, path, port, address, stack } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  switch (code) {
    case "EADDRINUSE":
      return `${address}:${port} is in use by another program. Stop it, or choose another port: --port 9000`;
    case "EADDRNOTAVAIL":
      return `${address} is no address of this machine. Choose one that is: --host 127.0.0.1`;
    case "ENOTFOUND":
      return `The host has no address. Check --host, or leave it out for 127.0.0.1.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return path === undefined
        ? `Port ${port} needs rights this user has not. Choose one above 1023: --port 8080`
        : `${path} may not be used by this user. Check who owns it, or choose another place: --data-dir ./data`;
    case "ENOTDIR":
    case "EEXIST":
      return `${path} is no folder. Choose another place for the data: --data-dir ./data`;
    case "ENOSPC":
      return `The disk that holds ${path} is full. Free some space, or choose another place: --data-dir ./data`;
    default:
      return `This should not have happened; please report it with what follows.\n${stack ?? String(error)}`;
  }
}
