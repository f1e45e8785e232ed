import { keyOptional } from "./parts/idempotency-key.ts";
import { preferences, preferencesExample } from "./parts/preferences.ts";
import { defineRoute, sent } from "./route-definition.ts";

export const matchmakingPreferencesSet = defineRoute({
  name: "matchmaking-preferences-set",
  method: "POST",
  path: "/api/v1/matchmaking/preferences",
  listener: "public",
  tag: "matchmaking",
  roles: ["player"],
  since: 2,
  description:
    "Says what your later tickets want where they say nothing themselves; it replaces what you said before, so that an " +
    "empty object prefers nothing.",
  params: null,
  query: null,
  body: sent(preferences, preferencesExample),
  headers: keyOptional,
  status: 200,
  answer: preferences,
  example: preferencesExample,
  failures: ["INVALID_CONFIGURATION", "ID_REUSED", "LEVEL_NOT_SUPPORTED", "DRAINING"],
});
