import { createServer } from "node:net";

/** The code of the error with which listening at an address fails; null when it works. */
export function listenFailure(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", ({ code = "unknown" }: NodeJS.ErrnoException) => resolve(code));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
