import type { AddressInfo } from "node:net";
import type { Submit } from "matchforge";
import type { Logger } from "pino";
import type { Tokens } from "../../auth/tokens.ts";
import type { Config } from "../../config/config.ts";
import type { RunningShard } from "../../shard/running-shard.ts";
import { stakesRefusal } from "../../shard/stakes-refusal.ts";
import { systemClock } from "../../shard/threads/system-clock.ts";
import { buildAdminHttp } from "./build-admin-http.ts";

/** The operators' listener, as it runs. */
export interface AdminListener {
  /** `http://127.0.0.1:8081`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Listens to operators where the configuration says so; null: it does not.
 *
 * @throws the system's error when the address cannot be used; nothing is left behind.
 */
export async function startAdminListener(
  config: Config,
  parts: {
    readonly shard: RunningShard;
    readonly tokens: Tokens;
    readonly submit: Submit;
    readonly logger: Logger;
  },
): Promise<AdminListener | null> {
  if (config.admin === null) return null;
  const { shard, tokens, submit, logger } = parts;
  const { node, archive } = shard;
  const app = await buildAdminHttp({
    state: () => node.state,
    shardTime: () => node.shardTime(),
    nodeKey: node.key,
    archive,
    tokens,
    submit,
    clock: systemClock,
    wallClock: Date.now,
    trustedProxies: config.trustedProxies,
    refusesRules: (rules) => stakesRefusal(rules, config),
    onError: (error) => logger.error({ error }, "an operator's request failed"),
  });
  const { host, port } = config.admin;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = app.server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
  return { url, close: () => app.close() };
}
