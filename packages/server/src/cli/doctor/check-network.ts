import type { Config } from "../../config/config.ts";
import { type Found, fail, ok, warn } from "./finding.ts";
import { listenFailure } from "./listen-failure.ts";

const patienceMs = 3_000;
const clockGapMaxMs = 5_000;

/** Whether a server could listen, or whether one of ours does already. */
export async function checkPort({ host, port }: Config): Promise<Found> {
  const place = `${host}:${port}`;
  const code = await listenFailure(host, port);
  if (code === null) return ok(`${place} is free`);
  if (code !== "EADDRINUSE")
    return fail(`${place} cannot be listened on (${code})`, "Choose another: --host 127.0.0.1 --port 9000");
  const found = await ask(`http://${host.includes(":") ? `[${host}]` : host}:${port}/healthz`);
  if (found?.isOurs)
    return warn(
      `a MatchForge server listens on ${place}`,
      "Fine if that is meant; for a second one choose another: --port 9000",
    );
  return fail(`${place} is taken by another program`, "Stop it, or choose another: --port 9000");
}

/** Whether a server answers, takes players, and agrees with this machine on the time. */
export async function checkServer(url: string): Promise<Found> {
  const health = await ask(`${url}/healthz`);
  if (health === null)
    return fail(`nothing answers at ${url}`, "Check the address, or start a server: npm start");
  if (!health.isOurs) return fail(`what answers at ${url} is no MatchForge server`, "Check the address.");
  const readiness = await ask(`${url}/readyz`);
  if (readiness?.status !== 200) return warn(`${url} runs but takes no players`, `See why: ${url}/readyz`);
  if (Math.abs(health.clockGapMs) > clockGapMaxMs) {
    const seconds = Math.round(health.clockGapMs / 1_000);
    return warn(
      `${url} takes players; its clock is ${seconds} s off this one's`,
      "Set both clocks, best by NTP.",
    );
  }
  return ok(`${url} takes players`);
}

/** What a server says of itself; null when nothing answers in time. */
async function ask(url: string): Promise<{ status: number; isOurs: boolean; clockGapMs: number } | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    const shown = Date.parse(response.headers.get("date") ?? "");
    const isOurs = /^\{"status":"ok","version":"[0-9.]+[^"]*"\}$/.test(text);
    return { status: response.status, isOurs, clockGapMs: Number.isNaN(shown) ? 0 : shown - Date.now() };
  } catch {
    return null;
  }
}
