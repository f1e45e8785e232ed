import { pino } from "pino";
import { Coordinator, loadConfig, loadRules } from "../../src/index.ts";

/** Starts a coordinator on a port and a data folder; prints the code it failed with, and ends when nothing keeps it. */
const [port, data_dir] = process.argv.slice(2);
const loaded = loadConfig({ file: undefined, environment: {}, given: { port, data_dir } });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const rules = loadRules(loaded.config.rulesFile);
if (!rules.ok) throw new Error(JSON.stringify(rules.problems));
try {
  const logger = pino({ level: "silent" });
  const onFatal = () => process.exit(3);
  await Coordinator.start({ config: loaded.config, rules: rules.rules, logger, onFatal });
} catch (error) {
  process.stdout.write(String((error as NodeJS.ErrnoException).code));
}
