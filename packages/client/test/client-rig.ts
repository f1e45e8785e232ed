import { type ClientOptions, type ConnectionStatus, MatchForgeClient } from "../src/index.ts";
import { TestServer } from "./test-server.ts";
import { VirtualTimers } from "./virtual-timers.ts";

/** A client on a real socket, whose time and chance are the test's. */
export class ClientRig {
  readonly server: TestServer;
  readonly timers = new VirtualTimers();
  readonly client: MatchForgeClient;
  /** Every state the connection has been in. */
  readonly statuses: ConnectionStatus[] = [];

  private constructor(server: TestServer, options: Partial<ClientOptions>) {
    this.server = server;
    this.client = new MatchForgeClient({
      url: server.url,
      token: "t",
      client: "page",
      timers: this.timers,
      random: () => 0.5,
      ...options,
    });
    this.client.on("status", (status) => this.statuses.push(status));
  }

  static async start(options: Partial<ClientOptions> = {}): Promise<ClientRig> {
    return new ClientRig(await TestServer.start(), options);
  }

  static async ready(options: Partial<ClientOptions> = {}): Promise<ClientRig> {
    const rig = await ClientRig.start(options);
    await rig.client.connect();
    return rig;
  }

  /** Resolves when the connection's state next becomes this one. */
  becomes(status: ConnectionStatus): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.client.on("status", (reached) => {
        if (reached !== status) return;
        stop();
        resolve();
      });
    });
  }

  /** Cuts the connection and resolves with the pause before the next try. */
  async cut(): Promise<number> {
    const waiting = this.becomes("waiting");
    this.server.sockets.at(-1)?.terminate();
    await waiting;
    return this.timers.asked.at(-1) ?? Number.NaN;
  }

  /** Lets a pause pass; resolves when the connection stands again. */
  async mend(pauseMs: number): Promise<void> {
    const ready = this.becomes("ready");
    this.timers.advance(pauseMs);
    await ready;
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.server.stop();
  }
}
