import assert from "node:assert/strict";
import { WebSocket } from "ws";
import { storeLimits } from "../../limits.ts";
import { type Frame, framesFrom } from "./frames.ts";
import { answerer, dialer, greetingFrom, isProof, newNonce, proofOf } from "./greeting.ts";
import { type Interest, interestTexts } from "./interest.ts";
import { keepPulse } from "./pulse.ts";
import { textOfError } from "./text-of-error.ts";

interface SourceLineOptions {
  /** Where the other node listens: `host:port`. */
  readonly address: string;
  readonly instance: string;
  readonly node: string;
  readonly secret: string;
  /** All topics that have listeners here. */
  readonly topics: () => readonly string[];
  /** Why frames of this instance may not come over this line, if so. */
  readonly objection: (instance: string) => string | undefined;
  readonly onFrame: (frame: Frame) => void;
  /** The node cannot be reached; it is tried again. */
  readonly onLost: (reason: string) => void;
  /** The node broke a rule; it is tried again all the same, for it may be another one by then. */
  readonly onBroken: (reason: string) => void;
}

/** Takes a message, and answers who takes the next. */
type Receive = (text: string) => Receive;

/** The line over which this node hears another one: opened from here, and opened again for as long as it is wanted. */
export class SourceLine {
  readonly #options: SourceLineOptions;
  #socket: WebSocket | undefined;
  /** The instance at the other end, once it has proven that it knows the secret. */
  #instance: string | undefined;
  #retry: NodeJS.Timeout | undefined;
  #attempts = 0;
  #ended = false;

  constructor(options: SourceLineOptions) {
    this.#options = options;
    this.#dial();
  }

  /** The instance whose frames come over this line, while it is up. */
  get instance(): string | undefined {
    return this.#instance;
  }

  /** Tells the other node what is listened to from here on, and what no longer. */
  tell(interest: Interest): void {
    if (this.#instance === undefined) return;
    for (const text of interestTexts(interest)) this.#socket?.send(text);
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#retry);
    this.#socket?.terminate();
  }

  #dial(): void {
    const { address, onLost, onBroken } = this.#options;
    const socket = new WebSocket(`ws://${address}`, {
      perMessageDeflate: false,
      maxPayload: storeLimits.relayFrameBytes,
      handshakeTimeout: storeLimits.relayGreetingMs,
    });
    this.#socket = socket;
    let reason: string | undefined = "the line was closed";
    let receive: Receive = (text) => this.#challenged(socket, text);
    keepPulse(socket);
    socket.on("message", (data) => {
      // What was read before the end may still come after it.
      if (this.#ended || socket.readyState !== socket.OPEN) return;
      try {
        receive = receive(String(data));
      } catch (error) {
        reason = undefined;
        onBroken(`${address}: ${textOfError(error)}`);
        socket.terminate();
      }
    });
    socket.on("error", (error) => {
      reason = textOfError(error);
    });
    socket.once("close", () => {
      this.#instance = undefined;
      if (this.#ended) return;
      if (reason !== undefined) onLost(`${address}: ${reason}`);
      this.#retry = setTimeout(() => this.#dial(), this.#pauseMs());
      this.#retry.unref();
    });
  }

  #challenged(socket: WebSocket, text: string): Receive {
    const { instance, node, secret } = this.#options;
    const line = {
      dialer: { instance, node, nonce: newNonce() },
      answerer: greetingFrom(text, ["instance", "node", "nonce"]),
    };
    socket.send(JSON.stringify({ ...line.dialer, proof: proofOf(secret, { ...line, role: dialer }) }));
    return (welcome) => {
      const { proof } = greetingFrom(welcome, ["proof"]);
      assert(isProof(proof, { ...line, secret, role: answerer }), "It does not know the shard's secret.");
      return this.#welcomed(line.answerer.instance);
    };
  }

  #welcomed(instance: string): Receive {
    const { topics, objection, onFrame } = this.#options;
    const why = objection(instance);
    assert(why === undefined, why);
    this.#instance = instance;
    this.#attempts = 0;
    this.tell({ begin: topics(), cease: [] });
    const receive: Receive = (text) => {
      for (const frame of framesFrom(text)) onFrame(frame);
      return receive;
    };
    return receive;
  }

  #pauseMs(): number {
    const { relayRetryMinMs, relayRetryMaxMs } = storeLimits;
    this.#attempts += 1;
    const longestMs = Math.min(relayRetryMinMs * 2 ** Math.min(this.#attempts, 10), relayRetryMaxMs);
    return longestMs / 2 + (Math.random() * longestMs) / 2;
  }
}
