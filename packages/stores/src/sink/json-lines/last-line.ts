import type { FileHandle } from "node:fs/promises";
import { storeLimits } from "../../limits.ts";

const newline = 0x0a;

/** The last whole line of a file and where it ends; what stands behind that was never written to its end. */
export async function lastLine(
  file: FileHandle,
  size: number,
): Promise<{ readonly end: number; readonly text: string | undefined }> {
  let tail = Buffer.alloc(0);
  for (let start = size; ; ) {
    const last = tail.lastIndexOf(newline);
    const previous = last < 1 ? -1 : tail.lastIndexOf(newline, last - 1);
    if (previous >= 0 || start === 0) {
      const text = last < 0 ? undefined : tail.toString("utf8", previous + 1, last);
      return { end: start + last + 1, text };
    }
    const length = Math.min(start, storeLimits.jsonLinesTailBytes);
    start -= length;
    const piece = Buffer.alloc(length);
    await file.read(piece, 0, length, start);
    tail = Buffer.concat([piece, tail]);
  }
}
