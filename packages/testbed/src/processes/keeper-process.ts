/**
 * A process that owns servers and their folders on behalf of another one. It lives no longer than that one:
 * when the channel between them closes, for whatever reason, it ends every server and removes every folder.
 * So not even a kill -9 of a test leaves anything behind.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, closeSync, mkdtempSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testbedLimits } from "../limits.ts";
import { waitUntil } from "../wait-until.ts";
import type { KeeperAnswers, KeeperMessage, KeeperRequest } from "./keeper-messages.ts";
import { isRunning, killTree } from "./process-tree.ts";
import { removeServerFolder } from "./remove-server-folder.ts";

const folders = new Set<string>();
const running = new Set<number>();

type RequestTo<Deed> = Extract<KeeperRequest, { readonly do: Deed }>;
const deeds: {
  readonly [Deed in keyof KeeperAnswers]: (request: RequestTo<Deed>) => Promise<KeeperAnswers[Deed]>;
} = {
  async makeFolder({ owner }) {
    const folder = mkdtempSync(join(tmpdir(), "matchforge-testbed-"));
    folders.add(folder);
    if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
    return { folder };
  },
  async removeFolder({ folder }) {
    removeServerFolder(folder);
    folders.delete(folder);
    return {};
  },
  async start({ id, program, args, account, logFile }) {
    const log = openSync(logFile, "a");
    const server = spawn(program, args, { ...account, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    const { pid } = server;
    // It is known from the first moment on, so that nothing is left if the other process ends just then.
    if (pid !== undefined) running.add(pid);
    server.once("exit", (exitCode) => {
      running.delete(pid as number);
      say({ ended: id, exitCode });
    });
    await once(server, "spawn");
    return { pid: pid as number };
  },
};

process.on("message", async (request: KeeperRequest) => {
  const deed = deeds[request.do] as (request: KeeperRequest) => Promise<KeeperAnswers[keyof KeeperAnswers]>;
  try {
    say({ id: request.id, answer: await deed(request) });
  } catch (error) {
    say({ id: request.id, failure: (error as Error).message });
  }
});

process.once("disconnect", async () => {
  const killed = [...running].flatMap(killTree);
  await waitUntil(() => !killed.some(isRunning), { what: "killed servers", withinMs: testbedLimits.stopMs });
  for (const folder of folders) removeServerFolder(folder);
});

function say(message: KeeperMessage): void {
  // A failure to say it means that the other end is gone, which "disconnect" deals with.
  process.send?.(message, () => {});
}
