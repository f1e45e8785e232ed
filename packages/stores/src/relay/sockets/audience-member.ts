import assert from "node:assert/strict";
import type { WebSocket } from "ws";
import { storeLimits } from "../../limits.ts";
import { answerer, dialer, greetingFrom, isProof, newNonce, proofOf } from "./greeting.ts";
import { type Interest, interestFrom } from "./interest.ts";
import { keepPulse } from "./pulse.ts";
import { textOfError } from "./text-of-error.ts";

interface AudienceMemberOptions {
  readonly socket: WebSocket;
  /** Where it called from, for messages. */
  readonly from: string;
  readonly instance: string;
  readonly node: string;
  readonly secret: string;
  readonly onInterest: (interest: Interest) => void;
  /** It broke a rule and was let go. */
  readonly onBroken: (reason: string) => void;
  /** A message was dropped. */
  readonly onDropped: (reason: string) => void;
}

/** Takes a message, and answers who takes the next. */
type Receive = (text: string) => Receive;

/** Another node that listens to this one, over a line that it opened. */
export class AudienceMember {
  readonly #options: AudienceMemberOptions;
  #name: string;
  /** Frames of this turn, and their length. */
  #turn: string[] = [];
  #turnText = 0;

  constructor(options: AudienceMemberOptions) {
    this.#options = options;
    this.#name = options.from;
    this.#greet();
  }

  /** Sends a frame with the others of this turn; one that waits too long to be read makes room by being dropped. */
  send(frame: string): void {
    const { socket, onDropped } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    if (this.#turnText + socket.bufferedAmount + frame.length > storeLimits.relayUnsentText) {
      onDropped(`${this.#name} does not keep up: messages for it were dropped.`);
      return;
    }
    this.#turn.push(frame);
    this.#turnText += frame.length;
    if (this.#turn.length === 1) setImmediate(() => this.#sendTurn());
  }

  end(): void {
    this.#options.socket.terminate();
  }

  #greet(): void {
    const { socket, instance, node } = this.#options;
    const own = { instance, node, nonce: newNonce() };
    let receive: Receive = (text) => this.#answered(own, text);
    const patience = setTimeout(
      () => this.#break("it did not prove who it is in time"),
      storeLimits.relayGreetingMs,
    );
    patience.unref();
    keepPulse(socket);
    socket.on("message", (data) => {
      if (socket.readyState !== socket.OPEN) return;
      try {
        receive = receive(String(data));
        clearTimeout(patience);
      } catch (error) {
        this.#break(textOfError(error));
      }
    });
    // A line that is cut is no fault; a frame that is too long or none at all is.
    socket.on("error", (error) => {
      if ("code" in error && String(error.code).startsWith("WS_")) this.#break(textOfError(error));
    });
    socket.once("close", () => clearTimeout(patience));
    socket.send(JSON.stringify(own));
  }

  #answered(
    own: { readonly instance: string; readonly node: string; readonly nonce: string },
    text: string,
  ): Receive {
    const { socket, secret, onInterest, from } = this.#options;
    const { proof, ...theirs } = greetingFrom(text, ["instance", "node", "nonce", "proof"]);
    const line = { dialer: theirs, answerer: own };
    assert(isProof(proof, { ...line, secret, role: dialer }), "It does not know the shard's secret.");
    this.#name = `${theirs.node} at ${from}`;
    socket.send(JSON.stringify({ proof: proofOf(secret, { ...line, role: answerer }) }));
    const receive: Receive = (interest) => {
      onInterest(interestFrom(interest));
      return receive;
    };
    return receive;
  }

  #sendTurn(): void {
    const { socket } = this.#options;
    const frames = this.#turn;
    this.#turn = [];
    this.#turnText = 0;
    let start = 0;
    let text = 0;
    for (const [index, frame] of frames.entries()) {
      if (text + frame.length > storeLimits.relayMessageText && index > start) {
        socket.send(frames.slice(start, index).join(""));
        start = index;
        text = 0;
      }
      text += frame.length;
    }
    socket.send(frames.slice(start).join(""));
  }

  #break(reason: string): void {
    const { socket, onBroken } = this.#options;
    onBroken(`${this.#name}: ${reason}`);
    socket.terminate();
  }
}
