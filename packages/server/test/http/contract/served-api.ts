import assert from "node:assert/strict";
import { type ErrorCode, problemMediaType } from "@matchforge/protocol";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { RunningListener } from "./listeners.ts";

/** A JSON Schema, as far as a test looks into it. */
export type Schema = Readonly<Record<string, unknown>>;

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

/** A response as the document has it. */
interface DocumentedResponse {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
}

/** An operation as the document has it, with the place where it stands. */
export interface Operation {
  /** Where the listener is that serves it. */
  readonly url: string;
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly "application/json": { readonly schema: Schema; readonly example: unknown } };
  };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  /** Without parameters. */
  readonly mediaType: string;
  readonly text: string;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<Operation, "url" | "method" | "path">>>>
  >;
}

/** What a healthy node answers nobody, although every document has to name it. */
const faultsOfOurs: readonly ErrorCode[] = ["INTERNAL_ERROR", "STORE_UNAVAILABLE"];

/** An OpenAPI document as a contract: its operations, and whether an answer keeps to what it says. */
export class ServedApi {
  readonly operations: readonly Operation[];
  readonly #document: Document;
  readonly #schemas = new Ajv2020({ strict: false, validateFormats: false });

  constructor({ url, document }: RunningListener) {
    this.#document = document as Document;
    this.#schemas.addSchema({ $id: "api", ...(document as object) });
    this.operations = Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...operation,
        url,
        path,
        method: method.toUpperCase(),
      })),
    );
  }

  /** The code of a refusal, null for a success; fails unless the document has just this answer. */
  check({ path, method, responses }: Operation, { status, mediaType, text }: Answer): ErrorCode | null {
    const response = responses[status];
    assert.ok(response !== undefined, `status ${status} is not documented: ${text}`);
    const pointer = response.$ref ?? `#/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}`;
    const { content = {} } = this.#at(pointer) as DocumentedResponse;
    const known = Object.keys(content).find((range) => covers(range, mediaType));
    if (Object.keys(content).length === 0) assert.equal(text, "", `${status} has no body`);
    else assert.ok(known !== undefined, `${status} as "${mediaType}" is not documented: ${text}`);
    if (known === undefined) return null;
    const isJson = /[/+]json$/.test(known);
    const value: unknown = isJson ? JSON.parse(text) : text;
    this.#assertValid(`${pointer}/content/${escaped(known)}/schema`, value);
    if (known !== problemMediaType) return null;
    const { code, status: told } = value as { readonly code: ErrorCode; readonly status: number };
    assert.equal(told, status);
    assert.ok(!faultsOfOurs.includes(code), text);
    return code;
  }

  #assertValid(pointer: string, value: unknown): void {
    const $ref = `api${pointer}`;
    const validate = this.#schemas.getSchema($ref) ?? this.#schemas.compile({ $ref });
    assert.ok(validate(value), `${JSON.stringify(validate.errors)} in ${JSON.stringify(value)}`);
  }

  #at(pointer: string): unknown {
    return pointer
      .split("/")
      .slice(1)
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce((place: unknown, key) => (place as Readonly<Record<string, unknown>>)[key], this.#document);
  }
}

/** A key as a JSON pointer inside a URI has it. */
function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function covers(range: string, mediaType: string): boolean {
  return range === mediaType || (range.endsWith("/*") && mediaType.startsWith(range.slice(0, -1)));
}
