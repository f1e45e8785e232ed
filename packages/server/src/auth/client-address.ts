import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

/**
 * Tells which address a request counts against. `X-Forwarded-For` is believed only as far as trusted
 * proxies wrote it: read from its end, the first address that is none of them is the client's.
 *
 * @param trusted Addresses and ranges, such as `10.0.0.0/8`.
 * @example
 * const addressOf = clientAddress(["127.0.0.1"]);
 * addressOf(request); // 203.0.113.7
 */
export function clientAddress(trusted: readonly string[]): (request: IncomingMessage) => string {
  const proxies = proxyList(trusted);
  const isProxy = (address: string) =>
    isIP(address) !== 0 && proxies.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  return ({ socket, headers }) => {
    let address = withoutMapping(socket.remoteAddress ?? "");
    if (!isProxy(address)) return counted(address);
    const forwarded = String(headers["x-forwarded-for"] ?? "").split(",");
    for (const hop of forwarded.reverse()) {
      const named = withoutMapping(hop.trim());
      if (isIP(named) === 0) break;
      address = named;
      if (!isProxy(address)) break;
    }
    return counted(address);
  };
}

function proxyList(trusted: readonly string[]): BlockList {
  const proxies = new BlockList();
  for (const item of trusted) {
    const [address = "", bits] = item.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(bits), family);
  }
  return proxies;
}

/** Listening on both families, Node writes IPv4 peers as `::ffff:1.2.3.4`. */
function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** A subscriber of IPv6 has a whole /64 to choose addresses from, so that is what counts. */
function counted(address: string): string {
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(":")}::/64` : address;
}

function groupsOf(address: string): string[] {
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...Array<string>(zeros).fill("0"), ...last].map((group) => group.replace(/^0+(?=.)/, ""));
}
