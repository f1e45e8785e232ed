/** A client's text frame (RFC 6455) with a mask of zeros, so that it can be built once and sent as it is. */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const length = payload.length;
  if (length > 65_535) throw new RangeError("a frame of a load generator is short");
  const header =
    length < 126 ? Buffer.from([0x81, 0x80 | length]) : Buffer.from([0x81, 0xfe, length >> 8, length & 255]);
  return Buffer.concat([header, Buffer.alloc(4), payload]);
}

/**
 * Reads the frames a server sends and tells where each payload lies. Keeps what is incomplete for later.
 */
export class FrameReader {
  #rest: Buffer | null = null;

  read(chunk: Buffer, onFrame: (bytes: Buffer, start: number, end: number) => void): void {
    const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = null;
    let at = 0;
    while (at + 2 <= bytes.length) {
      let start = at + 2;
      let length = bytes[at + 1] & 0x7f;
      if (length === 126) {
        if (at + 4 > bytes.length) break;
        length = bytes.readUInt16BE(start);
        start += 2;
      }
      if (start + length > bytes.length) break;
      if ((bytes[at] & 0x0f) === 1) onFrame(bytes, start, start + length);
      at = start + length;
    }
    if (at < bytes.length) this.#rest = bytes.subarray(at);
  }
}
