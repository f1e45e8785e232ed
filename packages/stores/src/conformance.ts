// Conformance suites: what every adapter of a port must pass. For tests; needs node:test.
export { archiveConformance } from "./archive/conformance.ts";
export { logConformance } from "./log/conformance.ts";
export { relayConformance } from "./relay/conformance.ts";
export { sinkConformance } from "./sink/conformance.ts";
