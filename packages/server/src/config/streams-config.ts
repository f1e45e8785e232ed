import { join, resolve } from "node:path";
import type { Problem } from "./problem.ts";
import type { SettingValues } from "./settings.ts";

/** Where programs outside learn what happens; null: nowhere of this kind. */
export interface StreamsConfig {
  readonly jsonLines: { readonly path: string; readonly fileBytesMax: number } | null;
  /** A URL with the password in it: never shown, here and below. */
  readonly redisStreams: { readonly url: string; readonly recordsMax: number } | null;
  readonly nats: { readonly url: string; readonly recordsMax: number; readonly replicas: number } | null;
  readonly iggy: { readonly url: string } | null;
  readonly channels: { readonly url: string; readonly prefix: string } | null;
}

const mebibyte = 1_048_576;

/** The part of the settings that concerns streams and channels. */
export function streamsConfigOf(values: SettingValues): StreamsConfig {
  const sinks = new Set<string>(values["streams.sinks"]);
  const redis = redisOf(values);
  const { "streams.nats": nats, "streams.iggy": iggy, "streams.file": file } = values;
  return {
    jsonLines: sinks.has("json_lines")
      ? {
          path: resolve(file ?? join(values.data_dir, "events.jsonl")),
          fileBytesMax: values["streams.file_mib_max"] * mebibyte,
        }
      : null,
    redisStreams:
      sinks.has("redis_streams") && redis !== null
        ? { url: redis, recordsMax: values["streams.redis_records_max"] }
        : null,
    nats:
      sinks.has("nats") && nats !== null
        ? {
            url: nats,
            recordsMax: values["streams.nats_records_max"],
            replicas: values["streams.nats_replicas"],
          }
        : null,
    iggy: sinks.has("iggy") && iggy !== null ? { url: iggy } : null,
    channels:
      values["streams.channels"] && redis !== null
        ? { url: redis, prefix: values["streams.channels_prefix"] }
        : null,
  };
}

/** Settings of streams and channels that are fine by themselves and not together. */
export function streamsContradictions(values: SettingValues): Problem[] {
  const named = new Set<string>(values["streams.sinks"]);
  const problems: Problem[] = [];
  const needs = (where: string, needed: string, because: string) =>
    problems.push({ where, expected: `${needed}, because ${because}`, found: "nothing" });
  const isNamed = (sink: string) => `streams.sinks names ${sink}`;
  if (redisOf(values) === null && named.has("redis_streams"))
    needs("streams.redis", "a Redis", isNamed("redis_streams"));
  if (redisOf(values) === null && values["streams.channels"])
    needs("streams.redis", "a Redis", "streams.channels is true");
  for (const sink of ["nats", "iggy"] as const) {
    const url = values[`streams.${sink}`];
    if (url === null && named.has(sink)) needs(`streams.${sink}`, "its URL", isNamed(sink));
    if (url !== null && !named.has(sink))
      problems.push({
        where: "streams.sinks",
        expected: `${sink} among them, because streams.${sink} is set`,
        found: [...named].join(", ") || "nothing",
      });
  }
  return problems;
}

function redisOf(values: SettingValues): string | null {
  return values["streams.redis"] ?? values.redis;
}
