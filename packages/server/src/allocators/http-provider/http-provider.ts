import type { AllocationRequest } from "matchforge";
import { type AllocatorLimits, allocatorLimits } from "../limits.ts";
import type { Provider } from "../provider.ts";
import { ProviderClient } from "../provider-client.ts";
import { TokenFile } from "../token-file.ts";
import { answerOf, checkReleased, foundIn } from "./read-answer.ts";

/** Where an HTTP provider is. */
export interface HttpProviderPlace {
  readonly url: string;
  /** Null: it asks for no token. */
  readonly tokenFile: string | null;
}

/** A service of the operator's own that hands out servers; docs/servers.md tells what it has to do. */
export function httpProvider(place: HttpProviderPlace, limits: AllocatorLimits = allocatorLimits): Provider {
  const url = new URL(place.url);
  const client = new ProviderClient({
    name: "http",
    url,
    token: place.tokenFile === null ? null : new TokenFile(place.tokenFile),
    ca: null,
    answerBytesMax: limits.answerBytesMax,
    limits,
  });
  const path = url.pathname.replace(/\/$/, "");
  const pathOf = (key: string) => `${path}/${encodeURIComponent(key)}`;
  return {
    name: "http",
    honoursKeys: true,
    async ask(request, signal) {
      const headers = { "idempotency-key": request.key };
      const body = bodyOf(request);
      return answerOf(await client.send({ method: "POST", path: path || "/", headers, body, signal }));
    },
    async find(key, signal) {
      return foundIn(await client.send({ method: "GET", path: pathOf(key), signal }));
    },
    async free(key, signal) {
      checkReleased(await client.send({ method: "DELETE", path: pathOf(key), signal }));
    },
    close: () => client.close(),
  };
}

function bodyOf({ key, match, mode, regions, players, credential }: AllocationRequest) {
  return {
    key,
    match_id: match,
    mode,
    regions,
    players: players.map(({ player, team }) => ({ player_id: player, team })),
    credential,
  };
}
