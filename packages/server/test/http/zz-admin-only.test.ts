import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ErrorCode, problemDetails } from "@matchforge/protocol";
import { type RouteDefinition, routeDefinitions } from "@matchforge/protocol/schemas";
import fc from "fast-check";
import { changesIn, type Stretch } from "./contract/changes.ts";
import { listeners } from "./contract/listeners.ts";
import { type ContractRequest, mutatedRequests, tokensOf, validRequest } from "./contract/requests.ts";
import { send, sendHugeBody } from "./contract/send.ts";
import { type Answer, type Operation, ServedApi } from "./contract/served-api.ts";
import { isRole, World } from "./contract/world.ts";

const runsPerOperation = 80;
/** What a request that keeps to its schema is never refused with. */
const faultsOfForm = new Set([
  "MALFORMED_JSON",
  "MISSING_FIELD",
  "UNKNOWN_FIELD",
  "INVALID_FIELD",
  "UNSUPPORTED",
]);

let world: World;
const apis: ServedApi[] = [];
before(async () => {
  world = await World.start();
  for (const running of [listeners.admin])
    if (running !== null) apis.push(new ServedApi(await running(world.rig)));
});
after(() => world.stop());

/** Runs for each operation of each listener; a failure names it. */
async function eachOperation(run: (operation: Operation, api: ServedApi) => Promise<void>): Promise<void> {
  for (const api of apis) {
    assert.ok(api.operations.length > 0);
    for (const operation of api.operations) {
      try {
        await run(operation, api);
      } catch (error) {
        throw new Error(`${operation.method} ${operation.path}`, { cause: error });
      }
    }
  }
}

/** Sends a request and holds its answer against the document. */
async function tried(operation: Operation, { api, request }: { api: ServedApi; request: ContractRequest }) {
  const answer = await send(world, request);
  try {
    return { answer, code: api.check(operation, answer) };
  } catch (error) {
    throw new Error(`${JSON.stringify(request).slice(0, 2_000)}`, { cause: error });
  }
}

test("[AP8] every route that is documented is on a listener that is tried here", () => {
  const routes: readonly RouteDefinition[] = routeDefinitions;
  for (const { listener, path } of routes) assert.ok(listeners[listener] !== null, `${listener}: ${path}`);
  const { length } = apis.flatMap(({ operations }) => operations);
  assert.equal(length, routes.length);
});

test("[AP7] what an operation's example asks for is understood, whoever of those it names asks", async () => {
  await eachOperation(async (operation, api) => {
    for (const token of tokensOf(operation)) {
      const { answer, code } = await tried(operation, {
        api,
        request: validRequest(operation, { world, token }),
      });
      const isOfForm = code !== null && faultsOfForm.has(code) && answer.status !== 501;
      assert.ok(!isOfForm && answer.status !== 401, answer.text);
    }
  });
});

test("[AP7] whoever asks, the answer is one the document has", async () => {
  await eachOperation(async (operation, api) => {
    for (const token of Object.keys(world.tokens)) {
      const { answer, code } = await tried(operation, {
        api,
        request: validRequest(operation, { world, token }),
      });
      if (tokensOf(operation).includes("none") || isRole(token)) continue;
      assert.ok(code !== null && [401, 421].includes(answer.status), `${token}: ${answer.text}`);
    }
  });
});

test("[AP8] whatever is sent, the answer is one the document has, and what is refused changes nothing", async () => {
  await eachOperation(async (operation, api) => {
    const refused: Stretch[] = [];
    let position = await world.rig.position();
    const property = fc.asyncProperty(mutatedRequests(operation, world), async (request) => {
      const { code } = await tried(operation, { api, request });
      if (operation.method === "GET") return;
      const after = position;
      position = await world.rig.position();
      if (code !== null) refused.push({ after, upTo: position });
    });
    await fc.assert(property, { numRuns: runsPerOperation });
    // Who only reads changes nothing, whatever comes of it.
    if (operation.method === "GET") refused.push({ after: position, upTo: await world.rig.position() });
    assert.deepEqual(await changesIn(world, refused), []);
    await stillServes();
  });
});

test("[AP8] a body of 10 MB is refused, told or untold", async () => {
  await eachOperation(async (operation, api) => {
    if (operation.method === "GET") return;
    for (const isTold of [true, false]) {
      const request = validRequest(operation, { world, token: "player" });
      const answer = await sendHugeBody(world, request, { isTold });
      assert.ok(api.check(operation, answer) !== null, answer.text);
    }
    await stillServes();
  });
});

test("[AP8] an answer that the document does not have is noticed", () => {
  const [api] = apis;
  const operation = api?.operations.find(({ operationId }) => operationId === "health");
  assert.ok(api !== undefined && operation !== undefined);
  const good = { status: 200, mediaType: "application/json", text: '{"status":"ok","version":"0.1.0"}' };
  const problem = (code: ErrorCode, status: number) => ({
    status,
    mediaType: "application/problem+json",
    text: JSON.stringify({ ...problemDetails(code), status }),
  });
  assert.equal(api.check(operation, good), null);
  assert.equal(api.check(operation, problem("RATE_LIMITED", 429)), "RATE_LIMITED");
  const wrong: readonly Answer[] = [
    { ...good, status: 201 },
    { ...good, mediaType: "text/html" },
    { ...good, text: '{"status":"ok"}' },
    { ...good, text: '{"status":"ok","version":"0.1.0","more":1}' },
    problem("MATCH_NOT_FOUND", 404),
    problem("QUEUE_FULL", 503),
    problem("INTERNAL_ERROR", 500),
    { ...problem("RATE_LIMITED", 429), status: 404 },
    { ...problem("NOT_FOUND", 404), mediaType: "application/json" },
  ];
  for (const answer of wrong) assert.throws(() => api.check(operation, answer), JSON.stringify(answer));
});

test("[AP8] a change of the kernel's state is noticed", async () => {
  const changes = await changesIn(world, [{ after: 0, upTo: await world.rig.position() }]);
  for (const deed of ["ticket.enqueue", "match.accept", "match.abandon"])
    assert.ok(changes.includes(deed), deed);
});

async function stillServes(): Promise<void> {
  const { status } = await fetch(`${world.rig.url}/readyz`);
  assert.equal(status, 200);
}
