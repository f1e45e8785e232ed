import { fileURLToPath } from "node:url";
import { wireLimits } from "@matchforge/protocol";
import { adminSettings } from "./admin-settings.ts";
import { fleetSettings } from "./fleet-settings.ts";
import { serversSettings } from "./servers-settings.ts";
import { addresses, choice, formedText, optionalText, origins, text, truth, wholeNumber } from "./setting.ts";
import { shardIdForm, shardPlaces } from "./shard-places.ts";
import { streamsSettings } from "./streams-settings.ts";

/** The rules that come with the server. */
export const defaultRulesFile = fileURLToPath(new URL("../../rules/arcade.toml", import.meta.url));

const aYearOfHours = 8_784;

/**
 * Everything that can be set, by its key in the file. The port's variable is `PORT`: Kubernetes fills
 * `MATCHFORGE_PORT` with an address of its own when a service is called matchforge.
 */
export const settings = {
  host: text({
    environment: "MATCHFORGE_HOST",
    flag: "--host <address>",
    description: "the address to listen on",
    otherwise: "127.0.0.1",
  }),
  port: wholeNumber({
    environment: "PORT",
    flag: "--port <number>",
    description: "where to listen; 0 for any free port",
    otherwise: 8080,
    min: 0,
    max: 65_535,
  }),
  ...adminSettings,
  data_dir: text({
    environment: "MATCHFORGE_DATA_DIR",
    flag: "--data-dir <folder>",
    description: "where the data is kept",
    otherwise: "./data",
  }),
  rules: text({
    environment: "MATCHFORGE_RULES",
    flag: "--rules <file>",
    description: "the rules of all modes; without it the arcade's",
    otherwise: defaultRulesFile,
  }),
  log_level: choice({
    environment: "MATCHFORGE_LOG_LEVEL",
    flag: "--log-level <level>",
    description: "what is logged: fatal, error, warn, info, debug or silent",
    otherwise: "info",
    choices: ["fatal", "error", "warn", "info", "debug", "silent"],
  }),
  guests: choice({
    environment: "MATCHFORGE_GUESTS",
    flag: "--guests <choice>",
    description: "whether guests may sign in: on, off, or auto, which takes them on loopback only",
    otherwise: "auto",
    choices: ["auto", "on", "off"],
  }),
  guest_token_hours: wholeNumber({
    environment: "MATCHFORGE_GUEST_TOKEN_HOURS",
    flag: null,
    description: "how long a guest's token is valid",
    otherwise: 24,
    min: 1,
    max: aYearOfHours,
  }),
  guest_sign_ins_per_minute: wholeNumber({
    environment: "MATCHFORGE_GUEST_SIGN_INS_PER_MINUTE",
    flag: null,
    description: "guests one address may make in a minute",
    otherwise: 600,
    min: 1,
    max: 1_000_000,
  }),
  shard: formedText<string>({
    environment: "MATCHFORGE_SHARD",
    flag: "--shard <id>",
    description: "the shard of this node, whose tokens are valid here",
    otherwise: "main",
    expected: "1 to 32 small letters, digits and underscores",
    form: shardIdForm,
  }),
  audience: text({
    environment: "MATCHFORGE_AUDIENCE",
    flag: null,
    description: "whom tokens must be meant for",
    otherwise: "matchforge",
  }),
  issuer: optionalText({
    environment: "MATCHFORGE_ISSUER",
    flag: null,
    description: "who must have issued tokens; needed with jwks",
    otherwise: null,
  }),
  jwks: optionalText({
    environment: "MATCHFORGE_JWKS",
    flag: null,
    description: "a file or URL of public keys; without it tokens are signed with the data folder's secret",
    otherwise: null,
  }),
  allowed_origins: origins({
    environment: "MATCHFORGE_ALLOWED_ORIGINS",
    flag: null,
    description: "further origins whose pages may connect, beside the server's own",
    otherwise: [],
  }),
  trusted_proxies: addresses({
    environment: "MATCHFORGE_TRUSTED_PROXIES",
    flag: null,
    description: "addresses whose X-Forwarded-For is believed",
    otherwise: [],
  }),
  allow_plain_text: truth({
    environment: "MATCHFORGE_ALLOW_PLAIN_TEXT",
    flag: null,
    description: "whether others than this machine may connect without TLS",
    otherwise: false,
  }),
  connections_max: wholeNumber({
    environment: "MATCHFORGE_CONNECTIONS_MAX",
    flag: null,
    description: "WebSockets this node takes",
    otherwise: wireLimits.connectionsPerNodeMax,
    min: 1,
    max: wireLimits.connectionsPerNodeMax,
  }),
  connections_per_address_max: wholeNumber({
    environment: "MATCHFORGE_CONNECTIONS_PER_ADDRESS_MAX",
    flag: null,
    description: "WebSockets it takes from one address",
    otherwise: wireLimits.connectionsPerAddressMax,
    min: 1,
    max: wireLimits.connectionsPerNodeMax,
  }),
  shards: shardPlaces({
    environment: "MATCHFORGE_SHARDS",
    flag: null,
    description: "all shards of the deployment and the regions of each; without it there is this one alone",
  }),
  ...serversSettings,
  ...streamsSettings,
  ...fleetSettings,
} as const;

/** The key of a setting, as in the file. */
export type SettingKey = keyof typeof settings;

/** A value for every setting. */
export type SettingValues = { readonly [Key in SettingKey]: (typeof settings)[Key]["otherwise"] };

/** All keys, in the order of the table. */
export const settingKeys = Object.keys(settings) as readonly SettingKey[];
