import { connect } from "node:net";
import { testbedLimits } from "../limits.ts";

/**
 * What a Redis on 127.0.0.1 answers to one command, as text.
 *
 * @returns undefined when nothing listens, nothing answers in time, or the answer is cut off.
 * @example
 * await askRedis(6379, "INFO server"); // "$1024\r\n# Server\r\n…"
 */
export function askRedis(port: number, command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect({ port, host: "127.0.0.1" }, () => socket.write(`${command}\r\n`));
    socket.setTimeout(testbedLimits.answerMs, () => socket.destroy());
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      answer += chunk;
      if (!isWhole(answer)) return;
      resolve(answer);
      socket.destroy();
    });
    socket.once("error", () => resolve(undefined));
    socket.once("close", () => resolve(undefined));
  });
}

/** A text of stated length follows its first line; every other answer we ask for is one line. */
function isWhole(answer: string): boolean {
  const first = answer.indexOf("\r\n");
  if (first < 0 || !answer.startsWith("$")) return first >= 0;
  return Buffer.byteLength(answer) >= first + 2 + Number(answer.slice(1, first)) + 2;
}
