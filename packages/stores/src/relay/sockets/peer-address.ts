/**
 * Whether nodes can be told to connect to an address: a host, IPv6 in brackets, and a port that is not 0.
 *
 * @example
 * isPeerAddress("10.0.0.8:7411"); // true
 * isPeerAddress("10.0.0.8:99999"); // false
 */
export function isPeerAddress(address: string): boolean {
  const [, port = ""] = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/.exec(address) ?? [];
  return Number(port) > 0 && Number(port) <= 65_535 && URL.canParse(`ws://${address}`);
}
