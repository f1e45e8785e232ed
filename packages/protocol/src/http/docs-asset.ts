import { Type } from "typebox";
import { strictObject } from "../schema/strict-object.ts";
import { defineRoute, sent } from "./route-definition.ts";

/** What the pages of the reference are made of; each is a file of a library. */
export const docsAssets = ["swagger-ui.css", "swagger-ui-bundle.js"] as const;

const params = strictObject({
  file: Type.String({ maxLength: 64, title: `one of ${docsAssets.join(", ")}`, description: "Its name." }),
});

export const docsAsset = defineRoute({
  name: "docs-asset",
  method: "GET",
  path: "/docs/assets/:file",
  listener: "public",
  tag: "documentation",
  roles: ["anyone"],
  since: 2,
  description: "Style and script of the page of this reference.",
  params: sent(params, { file: "swagger-ui.css" }),
  query: null,
  body: null,
  status: 200,
  answer: Type.String({ title: "CSS or JavaScript" }),
  mediaType: "text/*",
  example: ".swagger-ui { … }",
  failures: [],
});
