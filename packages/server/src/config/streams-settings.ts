import { isRedisUrl } from "./fleet-settings.ts";
import { formedText, names, optionalText, truth, wholeNumber } from "./setting.ts";

/** The sinks that records can go to. */
export const sinkNames = ["json_lines", "redis_streams", "nats", "iggy"] as const;

/** One of {@link sinkNames}. */
export type SinkName = (typeof sinkNames)[number];

function isNatsUrl(given: string): boolean {
  const urls = given.split(",");
  return urls.every((url) => /^(nats|tls):\/\/\S+$/.test(url) && URL.canParse(url));
}

function isIggyUrl(given: string): boolean {
  const url = URL.parse(given);
  return url !== null && /^https?:$/.test(url.protocol) && url.username !== "" && url.password !== "";
}

/** What programs outside are told of what happens. */
export const streamsSettings = {
  "streams.sinks": names({
    environment: "MATCHFORGE_STREAMS_SINKS",
    flag: null,
    description: "where records of everything that happens go",
    otherwise: [],
    choices: sinkNames,
  }),
  "streams.file": optionalText({
    environment: "MATCHFORGE_STREAMS_FILE",
    flag: null,
    description: "the file of json_lines; without it one in the data folder, called events",
    otherwise: null,
  }),
  "streams.file_mib_max": wholeNumber({
    environment: "MATCHFORGE_STREAMS_FILE_MIB_MAX",
    flag: null,
    description: "how many MiB the file may have before it is put aside and a new one is begun",
    otherwise: 1_024,
    min: 1,
    max: 1_048_576,
  }),
  "streams.redis": formedText<string | null>({
    environment: "MATCHFORGE_STREAMS_REDIS_URL",
    flag: null,
    description: "the Redis of redis_streams and of the channels; without it the fleet's",
    otherwise: null,
    expected: "a URL such as redis://host:6379 or redis-cluster://host1:6379,host2:6379",
    isSecret: true,
    form: { test: isRedisUrl },
  }),
  "streams.redis_records_max": wholeNumber({
    environment: "MATCHFORGE_STREAMS_REDIS_RECORDS_MAX",
    flag: null,
    description: "how many records the stream in Redis keeps, roughly; a million take half a gigabyte",
    otherwise: 1_000_000,
    min: 1_000,
    max: 1_000_000_000,
  }),
  "streams.nats": formedText<string | null>({
    environment: "MATCHFORGE_STREAMS_NATS_URL",
    flag: null,
    description: "the NATS of nats, with JetStream",
    otherwise: null,
    expected: "a URL such as nats://user:password@host:4222, or several with commas between; tls:// with TLS",
    isSecret: true,
    form: { test: isNatsUrl },
  }),
  "streams.nats_records_max": wholeNumber({
    environment: "MATCHFORGE_STREAMS_NATS_RECORDS_MAX",
    flag: null,
    description: "how many records a stream that is made in NATS keeps",
    otherwise: 10_000_000,
    min: 1_000,
    max: 1_000_000_000,
  }),
  "streams.nats_replicas": wholeNumber({
    environment: "MATCHFORGE_STREAMS_NATS_REPLICAS",
    flag: null,
    description: "on how many servers of NATS a stream that is made is kept",
    otherwise: 1,
    min: 1,
    max: 5,
  }),
  "streams.iggy": formedText<string | null>({
    environment: "MATCHFORGE_STREAMS_IGGY_URL",
    flag: null,
    description: "the HTTP API of Apache Iggy, with the user that may write",
    otherwise: null,
    expected: "a URL such as http://user:password@host:3000",
    isSecret: true,
    form: { test: isIggyUrl },
  }),
  "streams.channels": truth({
    environment: "MATCHFORGE_STREAMS_CHANNELS",
    flag: null,
    description: "whether what happens is also published on channels of Redis, for whoever listens",
    otherwise: false,
  }),
  "streams.channels_prefix": formedText<string>({
    environment: "MATCHFORGE_STREAMS_CHANNELS_PREFIX",
    flag: null,
    description: "what goes before the name of every channel, where several shards share a Redis",
    otherwise: "",
    expected: "up to 64 letters, digits, points, colons, underscores and hyphens",
    form: /^[A-Za-z0-9_.:-]{0,64}$/,
  }),
} as const;
