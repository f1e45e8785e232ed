import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { type Choice, RockPaperScissors } from "../../examples/external-game/rock-paper-scissors.ts";
import { AnswerLosingProxy } from "./answer-losing-proxy.ts";
import { ExternalGameRig, type Heard, heard, playAll } from "./external-game-rig.ts";
import { blocks, root } from "./pages.ts";

const rock = (): Choice => "rock";
const paper = (): Choice => "paper";

describe("on a real coordinator", () => {
  let rig: ExternalGameRig;
  beforeEach(async () => {
    rig = await ExternalGameRig.start();
  });
  afterEach(() => rig.stop());

  const two = (mode: string) => Promise.all([rig.player(mode, rock), rig.player(mode, paper)]);

  test("[EG1] two players play to the end and hear the result that the game came to", async () => {
    await rig.gameServer("eu-1");
    const [ada, bob] = await two("game");
    assertWon(bob, await playAll([ada, bob]));
    for (const one of [ada, bob]) {
      const [{ score } = { score: {} }] = await heard(one, "game_over");
      assert.deepEqual(score, { [ada.id]: 0, [bob.id]: 2 });
      assert.deepEqual(
        (await heard(one, "joined")).map(({ player_id }) => player_id),
        [one.id],
      );
    }
  });

  test("[EG2] [EG3] a choice is hidden until both have chosen, and who does not choose loses the round", async () => {
    await rig.gameServer("eu-1", { roundMs: 2_000 });
    const ada = await rig.player("game", rock);
    const bob = await rig.player("game", (round) => (round === 1 ? "paper" : undefined));
    const endings = await playAll([ada, bob]);
    assertWon(ada, endings);
    for (const one of [ada, bob]) {
      // A round and its end take turns: nothing of a choice is told between them.
      const types = one.messages.map(({ type }) => type);
      const round = ["round", "round_over"];
      assert.deepEqual(types, ["joined", ...round, ...round, ...round, "game_over"]);
    }
    const shown = (await heard(bob, "round_over")).map(({ choices }) => choices[bob.id]);
    assert.deepEqual(shown, ["paper", null, null]);
  });

  test("[EG4] a match ticket lets nobody in twice, and a fresh one lets a player back in", async () => {
    const { address } = await rig.gameServer("eu-1");
    let mayChoose = false;
    const ada = await rig.player("game", () => (mayChoose ? "rock" : undefined));
    const bob = await rig.player("game", paper);
    const shown = Promise.withResolvers<{ match_id: string; match_ticket: string | null }>();
    ada.player.client.on("match.assigned", shown.resolve);
    const endings = playAll([ada, bob]);
    const { match_id, match_ticket } = await shown.promise;
    await heard(ada, "round");
    assert.deepEqual(await codeOnJoin(address, { match_id, match_ticket }), "MATCH_TICKET_USED");
    mayChoose = true;
    ada.player.breakLine();
    assertWon(bob, await endings);
    assert.equal((await heard(ada, "joined")).length, 2);
  });

  test("[EG5] a server that dies before the match begins is replaced by another", async () => {
    const first = await rig.gameServer("eu-2");
    // All that takes time is done before the countdown.
    rig.tokenOf("eu-1");
    const [ada, bob] = await two("game_soon");
    const told: string[] = [];
    ada.player.client.on("match.assigned", ({ server_addr }) => told.push(server_addr));
    const endings = playAll([ada, bob]);
    await heard(ada, "joined");
    const second = await rig.gameServer("eu-1");
    await first.end("SIGKILL");
    await registerAnew(rig, "eu-2");
    assertWon(bob, await endings);
    assert.deepEqual([...new Set(told)], [first.address, second.address]);
    await second.line(/the result 0:2 stands|the result 2:0 stands/);
  });

  test("[EG6] a server falls silent in play: the standing decides, and both queue again and play", async () => {
    const server = await rig.gameServer("eu-1", { pauseMs: 600_000 });
    const [ada, bob] = await two("game_by_standing");
    const endings = playAll([ada, bob]);
    await server.line(/the standing (0:1|1:0) is told/);
    await server.end("SIGKILL");
    assertWon(bob, await endings);
    await rig.gameServer("eu-1");
    assertWon(bob, await playAll([ada, bob]));
  });

  test("[EG6] a server starts anew in play: the match is void, and both queue again and play", async () => {
    const server = await rig.gameServer("eu-1", { pauseMs: 600_000 });
    const [ada, bob] = await two("game");
    const endings = playAll([ada, bob]);
    await server.line(/the standing (0:1|1:0) is told/);
    await server.end("SIGKILL");
    await rig.gameServer("eu-1");
    assert.deepEqual(await endings, [{ kind: "void" }, { kind: "void" }]);
    assertWon(bob, await playAll([ada, bob]));
  });

  test("[EG7] answers that are lost change nothing", async () => {
    const proxy = await AnswerLosingProxy.start(rig.url);
    try {
      const server = await rig.gameServer("eu-1", { url: proxy.url });
      const [ada, bob] = await two("game");
      assertWon(bob, await playAll([ada, bob]));
      await server.line(/the result (0:2|2:0) stands/);
      assert.equal(await server.end("SIGTERM"), 0);
      const kinds = ["DELETE server_eu-1", "GET matches", "POST heartbeat", "POST redeem", "POST result"];
      assert.deepEqual(proxy.lost, [...kinds, "POST servers", "POST standing"]);
      assert.equal(server.lines.filter((line) => line.includes("the result")).length, 1);
    } finally {
      proxy.stop();
    }
  });

  test("[EG7] a coordinator that dies in the middle does not end the game, nor lose its result", async () => {
    const server = await rig.gameServer("eu-1");
    let mayChoose = false;
    const ada = await rig.player("game", () => (mayChoose ? "rock" : undefined));
    const bob = await rig.player("game", paper);
    const endings = playAll([ada, bob]);
    await heard(ada, "round");
    await rig.restartCoordinator();
    mayChoose = true;
    ada.player.breakLine();
    await server.line(/the result (0:2|2:0) stands/);
    await endings;
    assertWon(bob, await playAll([ada, bob]));
  });

  test("[EG8] a server that is told to end plays on what it has, and leaves", async () => {
    const first = await rig.gameServer("eu-1");
    let mayChoose = false;
    const ada = await rig.player("game", () => (mayChoose ? "rock" : undefined));
    const bob = await rig.player("game", paper);
    const endings = playAll([ada, bob]);
    await heard(ada, "round");
    const ended = first.end("SIGTERM");
    await first.line(/takes no new matches/);
    const second = await rig.gameServer("eu-2");
    const [cyd, dan] = await two("game");
    assertWon(dan, await playAll([cyd, dan]));
    await second.line(/the result (0:2|2:0) stands/);
    mayChoose = true;
    ada.player.breakLine();
    assertWon(bob, await endings);
    assert.equal(await ended, 0);
    await first.line(/server_eu-1 has left/);
  });
});

test("[EG10] a server of the static list plays like any other", async (t) => {
  const port = await freePort();
  const rig = await ExternalGameRig.start({ listed: { name: "eu-1", address: `127.0.0.1:${port}` } });
  t.after(() => rig.stop());
  const server = await rig.gameServer("eu-1", { port });
  const [ada, bob] = await Promise.all([rig.player("game", rock), rig.player("game", paper)]);
  assertWon(bob, await playAll([ada, bob]));
  assert.equal(await server.end("SIGTERM"), 0);
  await rig.gameServer("eu-1", { port });
  assertWon(bob, await playAll([ada, bob]));
});

test("[EG3] draws are repeated nine rounds long, and then the score stands", () => {
  const game = new RockPaperScissors();
  for (let round = 1; round <= 9; round += 1) {
    assert.ok(!game.isOver);
    for (const team of round === 1 ? [0] : [0, 1]) game.choose({ team, round, choice: "rock" });
    assert.equal(game.endRound().winner, round === 1 ? 0 : null);
  }
  assert.ok(game.isOver);
  assert.deepEqual(game.score, [1, 0]);
});

test("[EG3] each choice beats one and loses to one, and only the first of a round counts", () => {
  const winners = [];
  for (const first of ["rock", "paper", "scissors"] as const) {
    for (const second of ["rock", "paper", "scissors"] as const) {
      const game = new RockPaperScissors();
      game.choose({ team: 0, round: 1, choice: first });
      game.choose({ team: 1, round: 1, choice: second });
      game.choose({ team: 1, round: 1, choice: "paper" });
      game.choose({ team: 0, round: 2, choice: "paper" });
      winners.push(game.endRound().winner);
    }
  }
  assert.deepEqual(winners, [null, 1, 0, 0, null, 1, 1, 0, null]);
});

test("[EG9] the commands and files that the page names exist", () => {
  const folder = "examples/external-game";
  const page = { path: `${folder}/README.md`, text: readFileSync(join(root, folder, "README.md"), "utf8") };
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const lines = blocks(page, "sh").flatMap((block) => block.trim().split("\n"));
  assert.ok(lines.length >= 5);
  for (const [line, , script = ""] of lines.join("\n").matchAll(/\bnpm (run(?: --silent)? )?(\w+)/g))
    assert.ok(["ci", ...Object.keys(scripts)].includes(script), line);
  for (const [line, file = ""] of lines.join("\n").matchAll(/\bnode (\S+\.ts)/g))
    assert.ok(existsSync(join(root, file)), line);
  for (const [, target = ""] of page.text.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g))
    assert.ok(existsSync(join(root, folder, target)), target);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** What the game server says to somebody who shows this ticket. */
async function codeOnJoin(address: string, shown: object): Promise<unknown> {
  const socket = new WebSocket(`ws://${address}`);
  try {
    const said = new Promise<string>((resolve) =>
      socket.addEventListener("message", ({ data }) => resolve(String(data))),
    );
    socket.addEventListener("open", () => socket.send(JSON.stringify({ type: "join", ...shown })));
    return (JSON.parse(await said) as { code?: string }).code;
  } finally {
    socket.close();
  }
}

/** What a supervisor's restart of a dead server tells MatchForge: the run before is lost at once. */
async function registerAnew(rig: ExternalGameRig, name: string): Promise<void> {
  const response = await fetch(`${rig.url}/api/v1/servers`, {
    method: "POST",
    headers: { authorization: `Bearer ${rig.tokenOf(name)}`, "content-type": "application/json" },
    body: JSON.stringify({ instance: "next", address: "127.0.0.1:9", capacity: 1 }),
  });
  assert.equal(response.status, 200, await response.text());
}

function assertWon({ id }: Heard, endings: Awaited<ReturnType<typeof playAll>>): void {
  for (const ending of endings) {
    assert.ok(ending.kind === "result", JSON.stringify(ending));
    assert.equal(ending.result.winner, id);
  }
}
