import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const hasProc = existsSync("/proc/self/stat");

/**
 * A server's process and all it has forked. A process group would not do: each process of PostgreSQL leads
 * a group of its own.
 */

/**
 * Stops a process and everything below it, and tells which processes these are.
 *
 * @example
 * resumeTree(pauseTree(pid));
 */
export function pauseTree(pid: number): number[] {
  // The parent stops before its children are listed, so that it cannot fork one that is missed.
  if (!signal(pid, "SIGSTOP")) return [];
  return [pid, ...childrenOf(pid).flatMap(pauseTree)];
}

/** Lets stopped processes go on, the children first. */
export function resumeTree(pids: readonly number[]): void {
  for (const pid of pids.toReversed()) signal(pid, "SIGCONT");
}

/** Ends a process and everything below it at once; tells which processes these were. */
export function killTree(pid: number): number[] {
  const pids = pauseTree(pid);
  for (const one of pids.toReversed()) signal(one, "SIGKILL");
  return pids;
}

/** Sends a signal; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

/** Whether a process runs; one that has ended and only waits to be noticed does not. */
export function isRunning(pid: number): boolean {
  return /^[^ZX]/.test(stateOf(pid));
}

/** Whether a process is halted until it is told to go on. */
export function isPaused(pid: number): boolean {
  return stateOf(pid).startsWith("T");
}

/** A letter for what the process does; nothing when there is none. */
function stateOf(pid: number): string {
  const found = hasProc ? readProcess(pid) : listed().filter((one) => one.pid === pid);
  return found[0]?.state ?? "";
}

function childrenOf(parent: number): number[] {
  const all = hasProc ? readdirSync("/proc").flatMap((name) => readProcess(Number(name))) : listed();
  return all.flatMap(({ pid, ppid }) => (ppid === parent ? [pid] : []));
}

interface Process {
  readonly pid: number;
  readonly ppid: number;
  readonly state: string;
}

/** Where there is no /proc, and then `ps` for sure. */
function listed(): Process[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [pid, ppid, state = ""] = line.trim().split(/\s+/);
    return { pid: Number(pid), ppid: Number(ppid), state };
  });
}

function readProcess(pid: number): Process[] {
  if (Number.isNaN(pid)) return [];
  try {
    // The name in parentheses may hold anything, so the fields are counted from its end.
    const [state = "", ppid] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return [{ pid, ppid: Number(ppid), state }];
  } catch {
    // It ended between the listing and the look.
    return [];
  }
}
