import type { LoadPlayer, OnTyped } from "../load-player.ts";
import type { Crowd } from "./crowd.ts";
import type { LiveMatch } from "./live-matches.ts";

const pauseMs = 300;
const retryMs = 1_000;
const textLengthMax = 1_024;
const keysId = "keys";

type Data = Readonly<Record<string, unknown>>;

/** Plays duels without end: queues, accepts, types the text, and begins again. */
export class Duelist {
  readonly player: LoadPlayer;
  readonly #crowd: Crowd;
  /** When the keys up to each position were sent. */
  readonly #sentAt = new Float64Array(textLengthMax);
  #enteredAt = 0;
  #request = "";
  #match: LiveMatch | null = null;
  #text = "";
  #typed = 0;
  /** Keys the server has for sure. */
  #acknowledged = 0;
  #isTyping = false;

  constructor(crowd: Crowd, player: LoadPlayer) {
    this.#crowd = crowd;
    this.player = player;
    player.onMessage((message) => this.#take(message));
  }

  enter(): void {
    if (this.#crowd.isStopped) return;
    this.#request = this.#crowd.nextRequestId();
    this.#enteredAt = performance.now();
    this.#crowd.operated();
    this.#send("queue.enter", this.#request, { game_type: "duel" });
  }

  #take({ type, bytes, start, end }: Parameters<OnTyped>[0]): void {
    if (type === "ok") return;
    const now = performance.now();
    const { id, data } = JSON.parse(bytes.toString("utf8", start, end)) as { id: string; data: Data };
    switch (type) {
      case "queue.update":
        return this.#queued(id, now);
      case "match.found":
        return this.#found(String(data.match_id), now);
      case "match.ready_update":
        return this.#readyTold(Number(data.ready), now);
      case "game.started":
        return this.#started(String(data.code_sequence));
      case "game.ack":
        this.#acknowledged = Number(data.upto);
        return;
      case "game.opponent_progress":
        return this.#progressTold(Number(data.progress), now);
      case "game.result":
        return this.#ended("finished");
      case "match.cancelled":
        if (data.requeued !== true) return this.#ended("cancelled");
        return this.#cancelled();
      case "error":
        return this.#refused(String(data.code), id);
    }
  }

  #queued(id: string, now: number): void {
    if (id !== this.#request) return;
    this.#request = "";
    this.#crowd.figures.entered += 1;
    this.#crowd.figures.enqueueMs.push(now - this.#enteredAt);
  }

  #found(id: string, now: number): void {
    const match = this.#crowd.matches.joined(id, this);
    this.#match = match;
    if (match.players.length === 2) this.#bothKnow(match, now);
    match.acceptedAt ??= performance.now();
    this.#send("match.ready", this.#crowd.nextRequestId(), { match_id: id, response: "accept" });
  }

  #bothKnow({ players: [one, other] }: LiveMatch, now: number): void {
    const { figures } = this.#crowd;
    const elapsedMs = now - Math.max(one.#enteredAt, other.#enteredAt);
    figures.found += 1;
    figures.foundMs.push(elapsedMs);
    if (one.player.port !== other.player.port) figures.foundAcrossMs.push(elapsedMs);
  }

  #readyTold(ready: number, now: number): void {
    const match = this.#match;
    if (match === null || ready !== 1 || match.acceptedAt === null || match.players[0] === this) return;
    this.#crowd.figures.readyMs.push(now - match.acceptedAt);
  }

  #started(text: string): void {
    if (this.#match === null) return;
    this.#crowd.matches.started(this.#match);
    this.#text = text;
    this.#typed = 0;
    this.#acknowledged = 0;
    this.#sentAt.fill(0);
    this.#planKeys(Math.random());
  }

  /** The gaps between messages differ, so that no two players stay in step. */
  #planKeys(gaps: number): void {
    const match = this.#match;
    this.#isTyping = true;
    const gapMs = (gaps * 1_000) / this.#crowd.typing.messagesPerSecond;
    this.#crowd.pacer.after(gapMs, () => {
      if (this.#match === match) this.#type();
    });
  }

  #type(): void {
    this.#isTyping = false;
    if (this.#match === null || this.#crowd.isStopped) return;
    const from = this.#typed;
    const typed = this.#text.slice(from, from + this.#crowd.typing.keysPerMessage);
    this.#typed += typed.length;
    this.#sentAt[this.#typed] = performance.now();
    this.#send("game.progress", keysId, { match_id: this.#match.id, from, typed });
    if (this.#typed < this.#text.length) this.#planKeys(0.7 + Math.random() * 0.6);
  }

  #progressTold(progress: number, now: number): void {
    const other = this.#match?.players.find((player) => player !== this);
    if (other === undefined) return;
    const position = Math.round(progress * this.#text.length);
    const sentAt = other.#sentAt[position];
    if (sentAt > 0) this.#crowd.figures.relayMs.push(now - sentAt);
    other.#sentAt[position] = 0;
  }

  #ended(how: "finished" | "cancelled"): void {
    if (this.#match !== null && this.#crowd.matches.ended(this.#match)) this.#crowd.figures[how] += 1;
    this.#match = null;
    this.#crowd.pacer.after(pauseMs * (0.5 + Math.random()), () => this.enter());
  }

  /** The match is off, and the player waits again. */
  #cancelled(): void {
    if (this.#match !== null && this.#crowd.matches.ended(this.#match)) this.#crowd.figures.cancelled += 1;
    this.#match = null;
    this.#enteredAt = performance.now();
  }

  #refused(code: string, id: string): void {
    this.#crowd.figures.refused(code);
    if (id === keysId) return isAboutPace(code) ? this.#typeAgain() : undefined;
    const wasEntering = id === this.#request;
    if (!wasEntering) return;
    this.#request = "";
    this.#crowd.pacer.after(retryMs, () => this.enter());
  }

  /** What is not acknowledged is typed again. */
  #typeAgain(): void {
    if (this.#match === null) return;
    this.#typed = Math.min(this.#typed, this.#acknowledged);
    if (!this.#isTyping) this.#planKeys(1);
  }

  #send(type: string, id: string, data: object): void {
    this.player.send(JSON.stringify({ type, id, ts: 0, data }));
  }
}

/** Keys were late and came too fast after each other, or those before them were refused for it. */
function isAboutPace(code: string): boolean {
  return code === "TYPING_TOO_FAST" || code === "STALE_OFFSET";
}
