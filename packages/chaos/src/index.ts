/** Fault campaigns on real processes. */
export { type Setup, setups } from "./arena.ts";
export { type CampaignOptions, type CampaignReport, runCampaign } from "./campaign.ts";
export { contradictions, type Logged, type Told } from "./check.ts";
export { type Fault, type FaultKind, faultKinds, faults } from "./faults.ts";
