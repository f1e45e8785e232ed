import { storeLimits } from "../../limits.ts";

/**
 * Numbers what one relay publishes and sorts out what it hears. A publisher's messages all go one way, so numbers that
 * do not rise are echoes of an old connection that arrive late: they are dropped, and so are its own messages.
 */
export class RelayEnvelopes {
  readonly #own: string;
  /** The last number heard of each publisher, the longest known one first. */
  readonly #heard = new Map<string, number>();
  #count = 0;

  /** `own` is unique and has no space. */
  constructor(own: string) {
    this.#own = own;
  }

  seal(payload: string): string {
    this.#count += 1;
    return `${this.#own} ${this.#count} ${payload}`;
  }

  /** The payload, or undefined when it is not to be delivered. */
  open(text: string): string | undefined {
    const publisherEnd = text.indexOf(" ");
    const numberEnd = text.indexOf(" ", publisherEnd + 1);
    const publisher = text.slice(0, publisherEnd);
    const number = Number(text.slice(publisherEnd + 1, numberEnd));
    if (publisherEnd < 1 || numberEnd === -1 || !Number.isSafeInteger(number)) return undefined;
    if (publisher === this.#own || number <= (this.#heard.get(publisher) ?? 0)) return undefined;
    if (!this.#heard.has(publisher)) this.#makeRoom();
    this.#heard.set(publisher, number);
    return text.slice(numberEnd + 1);
  }

  /** Publishers that ended are not known as such; a live one that is forgotten is known again with its next message. */
  #makeRoom(): void {
    if (this.#heard.size < storeLimits.redisRelayPublishers) return;
    const [oldest] = this.#heard.keys();
    if (oldest !== undefined) this.#heard.delete(oldest);
  }
}
