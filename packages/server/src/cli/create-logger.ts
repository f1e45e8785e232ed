import { type DestinationStream, type Logger, pino } from "pino";

/** Three parts of base64url, of which the first begins like `{"`: what a token looks like wherever it turns up. */
const tokenPattern = /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g;

const secretKeys = ["token", "secret", "authorization", "cookie"];

/**
 * A logger that writes lines of JSON and no token: neither under the names tokens go by, nor inside a text.
 *
 * @example
 * const logger = createLogger({ level: "info", destination: pino.destination(2) });
 */
export function createLogger({
  level,
  destination,
}: {
  level: string;
  destination: DestinationStream;
}): Logger {
  const paths = secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);
  return pino(
    {
      level,
      errorKey: "error",
      redact: { paths, censor: "[secret]" },
      hooks: { streamWrite: (line) => line.replaceAll(tokenPattern, "[token]") },
    },
    destination,
  );
}
