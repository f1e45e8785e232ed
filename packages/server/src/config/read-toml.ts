import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse, TomlError } from "smol-toml";
import type { Problem } from "./problem.ts";

/** A file as a table, or why it is none. */
export type ReadToml =
  | { readonly ok: true; readonly table: Record<string, unknown>; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/** Reads a TOML file. */
export function readToml(path: string): ReadToml {
  try {
    return parseToml(readFileSync(path, "utf8"), basename(path));
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    const found = code === "ENOENT" ? "no such file" : message;
    return { ok: false, problem: { where: path, expected: "a file that can be read", found } };
  }
}

/** Parses TOML; a problem names line and column after the file's name. */
export function parseToml(text: string, name: string): ReadToml {
  try {
    return { ok: true, table: parse(text), text };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n")[0].replace("Invalid TOML document: ", "");
    const where = `${name}:${error.line}:${error.column}`;
    const fix = "correct what stands there; https://toml.io says how a file is written";
    return { ok: false, problem: { where, expected: "TOML", found: reason, fix, line: error.line } };
  }
}
