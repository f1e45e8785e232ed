import { allocatorConformance } from "matchforge/allocator-conformance";
import { AgonesProvider } from "../../src/allocators/agones/agones-provider.ts";
import { httpProvider } from "../../src/allocators/http-provider/http-provider.ts";
import { OutsideAllocator } from "../../src/allocators/outside-allocator.ts";
import { StandInKubernetes } from "./stand-in-kubernetes.ts";
import { StandInProvider } from "./stand-in-provider.ts";
import { impatientLimits, testLimits } from "./test-limits.ts";

for (const keepsTombstones of [true, false]) {
  allocatorConformance({
    name: keepsTombstones ? "http" : "http without tombstones",
    canFail: true,
    async open({ capacity, willFail }) {
      const limits = willFail ? impatientLimits : testLimits;
      const provider = await StandInProvider.start({ capacity, keepsTombstones });
      const place = { url: provider.url, tokenFile: null };
      const allocator = new OutsideAllocator(httpProvider(place, limits), limits);
      return opened(allocator, provider);
    },
  });
}

allocatorConformance({
  name: "agones",
  canFail: true,
  async open({ capacity, willFail }) {
    const limits = willFail ? impatientLimits : testLimits;
    const cluster = await StandInKubernetes.start({ regions: Array(capacity).fill("eu-west") });
    const allocator = new OutsideAllocator(new AgonesProvider(cluster.place, limits), limits);
    return opened(allocator, cluster);
  },
});

function opened(allocator: OutsideAllocator, provider: StandInProvider | StandInKubernetes) {
  const { faults } = provider;
  return {
    allocator,
    held: (key: string) => provider.held(key),
    heldInAll: () => provider.heldInAll,
    async end() {
      await allocator.close();
      await provider.stop();
    },
    faults: {
      next: faults.next.bind(faults),
      byChance: faults.byChance.bind(faults),
      holdNext: faults.holdNext.bind(faults),
      lateDone: faults.lateDone.bind(faults),
      stop: () => provider.stop(),
    },
  };
}
