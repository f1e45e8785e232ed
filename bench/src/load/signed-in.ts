import { Tokens } from "@matchforge/server";
import { isType, RawClient } from "./raw-client.ts";
import type { ServerProcess } from "./server-process.ts";

const opensAtOnce = 200;

/** Opens sockets a few at a time. */
export async function openClients(port: number, count: number): Promise<RawClient[]> {
  const clients: RawClient[] = [];
  for (let from = 0; from < count; from += opensAtOnce) {
    const size = Math.min(opensAtOnce, count - from);
    clients.push(
      ...(await Promise.all(
        Array.from({ length: size }, (_, step) => RawClient.open({ index: from + step, port })),
      )),
    );
  }
  return clients;
}

/** Opens sockets and signs a fresh player in on each; resolves when all know their whole truth. */
export async function signedIn(
  server: ServerProcess,
  { count, label }: { count: number; label: string },
): Promise<RawClient[]> {
  const tokens = new Tokens({
    secret: server.secret,
    jwks: null,
    issuer: null,
    audience: "matchforge",
    shard: "main",
  });
  const expiresAt = Date.now() + 3_600_000;
  const clients = await openClients(server.port, count);
  for (let from = 0; from < count; from += opensAtOnce) {
    const some = clients.slice(from, from + opensAtOnce);
    await Promise.all(
      some.map(async (client) => {
        const token = await tokens.mint({ player: `player_${label}x${client.index}`, expiresAt });
        await new Promise<void>((resolve) => {
          client.onMessage((_, bytes, start) => {
            if (isType(bytes, start, "session.sync")) resolve();
          });
          client.sendText(
            JSON.stringify({
              type: "auth",
              id: "auth",
              ts: 0,
              data: { token, client: `load${client.index}` },
            }),
          );
        });
      }),
    );
  }
  return clients;
}
