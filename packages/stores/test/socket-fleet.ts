import type { StoreReportCode } from "../src/report.ts";
import { SocketRelay, type SocketRelayOptions } from "../src/sockets.ts";

/** Relays of one shard in this process. */
export interface Fleet extends AsyncDisposable {
  readonly secret: string;
  /** What all of them reported. */
  readonly reports: { readonly code: StoreReportCode; readonly detail: string }[];
  start(node: string, options?: Partial<SocketRelayOptions>): Promise<SocketRelay>;
  /** Tells all of each other. */
  introduce(): void;
  end(): Promise<void>;
}

/** No relays yet. */
export function fleet(): Fleet {
  const secret = "what the nodes of this shard know alone";
  const relays = new Map<string, SocketRelay>();
  const reports: Fleet["reports"] = [];
  const end = async () => {
    await Promise.all([...relays.values()].map((relay) => relay.close()));
  };
  return {
    secret,
    reports,
    end,
    async start(node, options = {}) {
      const report = (problem: Fleet["reports"][number]) => reports.push(problem);
      const relay = await SocketRelay.start({ host: "127.0.0.1", port: 0, node, secret, report, ...options });
      relays.set(node, relay);
      return relay;
    },
    introduce() {
      const peers = [...relays].map(([node, { address }]) => ({ node, address }));
      for (const relay of relays.values()) relay.setPeers(peers);
    },
    [Symbol.asyncDispose]: end,
  };
}
