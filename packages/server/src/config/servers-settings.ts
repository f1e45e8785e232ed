import { isIP } from "node:net";
import { choiceList, formedText, optionalText, wholeNumber } from "./setting.ts";
import { staticServers } from "./static-servers.ts";

/** Where game servers can come from. */
export const allocatorNames = ["registry", "static", "http", "agones"] as const;

/** One of {@link allocatorNames}. */
export type AllocatorName = (typeof allocatorNames)[number];

const serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";
const labelForm = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const kubernetesNameForm = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const nameExpected = "1 to 63 small letters, digits and hyphens";

/** A place to ask, without anything that does not belong into it; in plain text only on this machine. */
const providerUrl = {
  expected: "an https URL without user, query and fragment; http only to this machine",
  form: {
    test(text: string): boolean {
      const url = URL.parse(text);
      if (url === null || url.username + url.password + url.search + url.hash !== "") return false;
      return url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(url.hostname));
    },
  },
};

/** The table `[servers]`: where game servers come from. */
export const serversSettings = {
  "servers.allocators": choiceList({
    environment: "MATCHFORGE_SERVERS_ALLOCATORS",
    flag: null,
    description: "where game servers come from; the first is asked first, the next when it has none",
    otherwise: ["registry"],
    choices: allocatorNames,
  }),
  "servers.http_url": formedText<string | null>({
    environment: "MATCHFORGE_SERVERS_HTTP_URL",
    flag: null,
    description: "the HTTP provider; needed with the allocator http",
    otherwise: null,
    ...providerUrl,
  }),
  "servers.http_token_file": optionalText({
    environment: "MATCHFORGE_SERVERS_HTTP_TOKEN_FILE",
    flag: null,
    description:
      "a file with the bearer token for it, which may change at any time; without it no token is sent",
    otherwise: null,
  }),
  "servers.http_timeout_seconds": wholeNumber({
    environment: "MATCHFORGE_SERVERS_HTTP_TIMEOUT_SECONDS",
    flag: null,
    description: "how long one request to it may take",
    otherwise: 10,
    min: 1,
    max: 10,
  }),
  "servers.agones_url": formedText<string>({
    environment: "MATCHFORGE_SERVERS_AGONES_URL",
    flag: null,
    description:
      "the Kubernetes API of the cluster with the fleet; without it that of the cluster this runs in",
    otherwise: "https://kubernetes.default.svc",
    ...providerUrl,
  }),
  "servers.agones_namespace": formedText<string>({
    environment: "MATCHFORGE_SERVERS_AGONES_NAMESPACE",
    flag: null,
    description: "the namespace of the fleet",
    otherwise: "default",
    expected: nameExpected,
    form: kubernetesNameForm,
  }),
  "servers.agones_fleet": formedText<string | null>({
    environment: "MATCHFORGE_SERVERS_AGONES_FLEET",
    flag: null,
    description: "the fleet that game servers are taken from; needed with the allocator agones",
    otherwise: null,
    expected: nameExpected,
    form: kubernetesNameForm,
  }),
  "servers.agones_region_label": formedText<string>({
    environment: "MATCHFORGE_SERVERS_AGONES_REGION_LABEL",
    flag: null,
    description: "the label of a GameServer that names its region",
    otherwise: "matchforge/region",
    expected: "the key of a label, such as matchforge/region",
    form: labelForm,
  }),
  "servers.agones_port_name": formedText<string | null>({
    environment: "MATCHFORGE_SERVERS_AGONES_PORT_NAME",
    flag: null,
    description: "the name of the port that players connect to; without it a GameServer's first",
    otherwise: null,
    expected: nameExpected,
    form: kubernetesNameForm,
  }),
  "servers.agones_token_file": formedText<string>({
    environment: "MATCHFORGE_SERVERS_AGONES_TOKEN_FILE",
    flag: null,
    description: "a file with the bearer token for the Kubernetes API, which may change at any time",
    otherwise: `${serviceAccount}/token`,
    expected: "a file",
    form: /./,
  }),
  "servers.agones_ca_file": formedText<string>({
    environment: "MATCHFORGE_SERVERS_AGONES_CA_FILE",
    flag: null,
    description: "a file with the certificate of the authority that vouches for the Kubernetes API",
    otherwise: `${serviceAccount}/ca.crt`,
    expected: "a file",
    form: /./,
  }),
  "servers.static": staticServers({
    environment: "MATCHFORGE_SERVERS_STATIC",
    flag: null,
    description: "game servers that are always there; needed with the allocator static",
  }),
} as const;

function isThisMachine(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}
