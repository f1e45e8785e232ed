import { readFile, stat } from "node:fs/promises";
import { AllocatorError } from "./allocator-error.ts";
import { allocatorLimits } from "./limits.ts";

const tokenForm = new RegExp(`^[!-~]{1,${allocatorLimits.tokenLengthMax}}$`);

/** A bearer token in a file that others replace from time to time, as orchestrators do. */
export class TokenFile {
  readonly #path: string;
  #token = "";
  /** Which state of the file the token is from. */
  #version = "";

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The token as it is now; the file is read again only when it has changed.
   *
   * @throws AllocatorError `TOKEN_UNREADABLE` when there is no token in it.
   */
  async read(): Promise<string> {
    try {
      const { ino, size, mtimeMs, ctimeMs } = await stat(this.#path);
      const version = [ino, size, mtimeMs, ctimeMs].join();
      if (version !== this.#version) {
        this.#token = tokenIn(await readFile(this.#path, "utf8"));
        this.#version = version;
      }
      return this.#token;
    } catch (cause) {
      const message = `${this.#path} gives no token. Let this user read it, with one line of printable characters in it.`;
      throw new AllocatorError("TOKEN_UNREADABLE", message, { cause });
    }
  }
}

function tokenIn(text: string): string {
  const token = text.trim();
  if (!tokenForm.test(token)) throw new Error("not one line of printable characters");
  return token;
}
