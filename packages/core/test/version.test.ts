import assert from "node:assert/strict";
import { test } from "node:test";
import { VERSION } from "../src/index.ts";

test("[K92] the package says its version", () => {
  assert.match(VERSION, /^\d+\.\d+\.\d+$/);
});
