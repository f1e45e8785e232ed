import assert from "node:assert/strict";
import type { ServerSources } from "matchforge";
import type { AllocatorsConfig } from "../config/allocators-config.ts";
import type { AllocatorName } from "../config/servers-settings.ts";
import { AgonesProvider } from "./agones/agones-provider.ts";
import { httpProvider } from "./http-provider/http-provider.ts";
import { type AllocatorLimits, allocatorLimits } from "./limits.ts";
import { OutsideAllocator } from "./outside-allocator.ts";

/**
 * The allocators that the settings name, in their order: those of the outside open, the kernel's own by name.
 *
 * @throws AllocatorError `CERTIFICATE_UNREADABLE` when a file that is needed from the start cannot be read.
 * @example
 * const allocators = openAllocators(config.allocators);
 */
export function openAllocators(
  config: AllocatorsConfig,
  limits: AllocatorLimits = allocatorLimits,
): ServerSources["allocators"] {
  return config.order.map((name) => openAllocator(name, { config, limits }));
}

function openAllocator(
  name: AllocatorName,
  { config, limits }: { readonly config: AllocatorsConfig; readonly limits: AllocatorLimits },
): ServerSources["allocators"][number] {
  const { http, agones } = config;
  if (name === "registry" || name === "static") return name;
  if (name === "http" && http !== null) {
    const connectMs = Math.min(limits.connectMs, http.timeoutMs / 2);
    const ofHttp = { ...limits, requestMs: http.timeoutMs, connectMs };
    return new OutsideAllocator(httpProvider(http, ofHttp), ofHttp);
  }
  assert(name === "agones" && agones !== null, "the settings name an allocator without what it needs");
  return new OutsideAllocator(new AgonesProvider(agones, limits), limits);
}
