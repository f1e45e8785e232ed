import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { openSqliteFile } from "@matchforge/stores";
import type { Command } from "commander";
import { readSecret, secretFiles } from "../auth/secrets.ts";
import type { Config } from "../config/config.ts";
import { shardFileName } from "../shard/embedded-shard.ts";
import { configFrom, rulesOf, runCommand } from "./configure.ts";

type Verdict = "ok" | "warn" | "fail";

interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly detail: string;
}

interface DoctorFlags {
  readonly dataDir?: string;
  readonly port?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** `matchforge doctor`: whether a server could start here, and what to do if not. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "Checks whether a server can run here: Node, folders, secrets, the file, the port, the rules.",
    )
    .option("--data-dir <folder>", "the data folder (MATCHFORGE_DATA_DIR; default ./data)")
    .option("--port <number>", "the port to check (PORT; default 8080)")
    .option("--config <file>", "the server's TOML file")
    .option("--json", "prints the findings as JSON")
    .action((flags: DoctorFlags) => runCommand(() => doctor(flags)));
}

async function doctor(flags: DoctorFlags): Promise<void> {
  const { dataDir, port, config: file } = flags;
  const config = configFrom({
    ...(dataDir !== undefined && { data_dir: dataDir }),
    ...(port !== undefined && { port }),
    ...(file !== undefined && { config: file }),
  });
  const findings = [
    { check: "node", verdict: "ok" as const, detail: process.versions.node },
    await look("rules", () => `${rulesOf(config).modes.length} modes in ${config.rulesFile}`),
    await look("data folder", () => checkFolder(config)),
    ...(await Promise.all(
      Object.values(secretFiles).map((name) => look(name, () => checkSecret(config, name))),
    )),
    await look("data file", () => checkFile(config)),
    await look("port", () => checkPort(config)),
  ];
  if (flags.json === true) console.log(JSON.stringify(findings));
  else
    for (const { check, verdict, detail } of findings)
      console.log(`${verdict.padEnd(5)} ${check.padEnd(14)} ${detail}`);
  if (findings.some(({ verdict }) => verdict === "fail")) process.exitCode = 1;
}

async function look(check: string, examine: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, verdict: "ok", detail: await examine() };
  } catch (error) {
    return { check, verdict: "fail", detail: (error as Error).message };
  }
}

function checkFolder({ dataDir }: Config): string {
  mkdirSync(dataDir, { recursive: true });
  accessSync(dataDir, constants.W_OK | constants.R_OK);
  return `${dataDir} can be written`;
}

function checkSecret({ dataDir }: Config, name: string): string {
  const path = join(dataDir, name);
  if (!existsSync(path)) return "not there yet; made at the first start";
  readSecret(path);
  return "readable by its owner alone";
}

async function checkFile({ dataDir }: Config): Promise<string> {
  const path = join(dataDir, shardFileName);
  if (!existsSync(path)) return "not there yet; made at the first start";
  const opened = await openSqliteFile({ path });
  try {
    const { position } = await opened.log().head();
    return `${path} is sound; ${position} entries, ${await opened.archive().cursor()} archived`;
  } finally {
    await opened.close();
  }
}

function checkPort({ host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", () =>
      reject(new Error(`${host}:${port} is taken. Stop what listens there, or choose another: --port 9000`)),
    );
    probe.listen(port, host, () => probe.close(() => resolve(`${host}:${port} is free`)));
  });
}
