import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadConfig } from "../../server/src/config/config.ts";

const deploy = new URL("../../../deploy/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, deploy), "utf8");
const compose = read("compose.yaml");
const dockerfile = read("Dockerfile");

/** The text of each service, by its name: what stands below it, further to the right. */
const services = new Map(
  [...compose.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n|\s*\n| {2}#.*\n)+)/gm)].map(([, name, text]) => [
    name as string,
    text as string,
  ]),
);
const nodes = [...services].filter(([, text]) => text.includes("<<: *coordinator"));

test("[TB50] what the fleet is made of exists", () => {
  const mounted = [...compose.matchAll(/^ +- (\.[^:]*):/gm)].map(([, path]) => path as string);
  const context = new URL(`${/context: (.*)/.exec(compose)?.[1]}/`, deploy);
  const built = /dockerfile: (.*)/.exec(compose)?.[1] as string;
  const copied = [...dockerfile.matchAll(/^COPY (.*) \S+$/gm)].flatMap(
    ([, files]) => files?.split(" ") ?? [],
  );
  const files = [
    ...mounted.map((path) => new URL(path, deploy)),
    ...[built, ...copied, /"(packages\/\S+\.ts)"/.exec(dockerfile)?.[1] as string].map(
      (path) => new URL(path, context),
    ),
  ];
  assert.equal(files.length, 8);
  for (const file of files) assert.ok(existsSync(file), fileURLToPath(file));
});

test("[TB50] what goes into the image is not kept from it", () => {
  const allowed = read("Dockerfile.dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"));
  const copied = [...dockerfile.matchAll(/^COPY (.*) \S+$/gm)].flatMap(
    ([, files]) => files?.split(" ") ?? [],
  );
  assert.deepEqual(new Set(allowed.map((line) => line.slice(1))), new Set(copied));
});

test("[TB50] images have versions, and nobody else reaches the ports", () => {
  const images = [...compose.matchAll(/image: (.*)/g), ...dockerfile.matchAll(/^FROM (.*)/gm)].map(
    ([, image]) => image,
  );
  const foreign = images.filter((image) => image !== "matchforge");
  assert.equal(foreign.length, 3);
  for (const image of foreign) assert.match(image as string, /^\w+:\d/);
  const published = [...compose.matchAll(/^ +- "(.*:8080)"/gm)].map(([, port]) => port);
  assert.equal(published.length, 3);
  for (const port of published) assert.match(port as string, /^127\.0\.0\.1:\d+:8080$/);
});

test("[TB50] the coordinator runs under an account without rights", () => {
  assert.match(dockerfile, /^USER node$/m);
});

test("[TB51] each node takes the configuration with its environment", () => {
  const shared = /MATCHFORGE_DATABASE_URL: (.*)/.exec(compose)?.[1]?.replace(/\$\{.*\}/, "password");
  const configs = nodes.map(([, text]) => {
    const environment = {
      MATCHFORGE_DATABASE_URL: shared,
      MATCHFORGE_NODE: /MATCHFORGE_NODE: (.*)/.exec(text)?.[1],
    };
    const loaded = loadConfig({ file: fileURLToPath(new URL("fleet.toml", deploy)), environment, given: {} });
    assert.ok(loaded.ok, JSON.stringify(loaded));
    return loaded.config;
  });
  assert.deepEqual(
    configs.map(({ fleet }) => fleet?.node),
    ["node-1", "node-2", "node-3"],
  );
  for (const { fleet, dataDir, port } of configs) {
    assert.equal(fleet?.database, "postgres://matchforge:password@postgres:5432/matchforge");
    assert.equal(fleet.redis, "redis://redis:6379");
    assert.equal(port, 8_080);
    assert.match(compose, new RegExp(`secrets:${dataDir}$`, "m"));
  }
  const ports = nodes.map(([, text]) => /127\.0\.0\.1:(\d+):/.exec(text)?.[1]);
  assert.equal(new Set(ports).size, nodes.length);
});

test("[TB52] the stores are safe, and health is asked for", () => {
  assert.match(services.get("redis") as string, /"--appendonly", "yes", "--maxmemory-policy", "noeviction"/);
  assert.doesNotMatch(services.get("postgres") as string, /fsync|synchronous_commit|full_page_writes/);
  for (const name of ["postgres", "redis"]) assert.match(services.get(name) as string, /healthcheck:/);
  const coordinator = compose.slice(compose.indexOf("&coordinator"), compose.indexOf("x-environment"));
  assert.match(coordinator, /healthcheck:[\s\S]*8080\/readyz/);
  const volumes = compose.slice(compose.indexOf("\nvolumes:")).match(/^ {2}\w+:$/gm) ?? [];
  assert.deepEqual(
    volumes.map((line) => line.trim().slice(0, -1)),
    ["secrets", "postgres", "redis"],
  );
});
