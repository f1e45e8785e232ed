/**
 * True when `text` takes more than `bytesMax` bytes as UTF-8. Most texts are settled by their length alone:
 * a character takes one to three bytes for each of its one or two code units.
 */
export function exceedsUtf8Bytes(text: string, bytesMax: number): boolean {
  if (text.length > bytesMax) return true;
  if (text.length * 3 <= bytesMax) return false;
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes += extraBytes(unit);
  }
  return bytes > bytesMax;
}

/** What a code unit takes beyond one byte. The halves of a pair take two bytes each. */
function extraBytes(unit: number): number {
  const isHalfOfPair = unit >= 0xd800 && unit <= 0xdfff;
  return unit <= 0x7ff || isHalfOfPair ? 1 : 2;
}
