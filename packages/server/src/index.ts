/** The coordinator of MatchForge: gateways, auth, configuration, CLI. */
export { type Role, Tokens } from "./auth/tokens.ts";
export { type Config, defaultRulesFile, loadConfig } from "./config/config.ts";
export { loadRules, parseRules } from "./config/rules-file.ts";
export { Coordinator, type CoordinatorOptions } from "./coordinator.ts";
