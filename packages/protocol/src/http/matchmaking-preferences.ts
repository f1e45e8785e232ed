import { preferences, preferencesExample } from "./parts/preferences.ts";
import { defineRoute } from "./route-definition.ts";

export const matchmakingPreferences = defineRoute({
  name: "matchmaking-preferences",
  method: "GET",
  path: "/api/v1/matchmaking/preferences",
  listener: "public",
  tag: "matchmaking",
  roles: ["player"],
  since: 2,
  description: "What your tickets want where they say nothing themselves.",
  params: null,
  query: null,
  body: null,
  status: 200,
  answer: preferences,
  example: preferencesExample,
  failures: ["UNKNOWN_FIELD"],
});
