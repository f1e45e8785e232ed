/** Seeded fault simulation: years of faults in minutes, the same for the same seed. */
export { type FaultKind, faultKinds } from "./faults/fault-counts.ts";
export { type SimulationOptions, type SimulationReport, simulate, worldSeed } from "./simulate.ts";
export { simulateWorld, type WorldReport } from "./world/simulate-world.ts";
