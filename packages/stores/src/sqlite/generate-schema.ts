/** Run by hand after adding a migration: writes the schema the migrations lead to into schema.sql. */
import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { dumpSchema, migrate } from "./migrate.ts";

const database = new DatabaseSync(":memory:");
migrate(database);
writeFileSync(new URL("./schema.sql", import.meta.url), dumpSchema(database));
