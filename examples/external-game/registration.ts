import { type Answer, ask, type Question } from "./ask.ts";

/** A match that MatchForge wants played here. */
export interface ListedMatch {
  readonly match_id: string;
  /** Play may begin in ACTIVE. */
  readonly state: string;
  readonly players: readonly { readonly player_id: string; readonly team: number }[];
  readonly credential: string;
}

/** What this server offers: which matches it can take, and where players reach it. */
export interface Offer {
  readonly instance: string;
  readonly address: string;
  readonly capacity: number;
  readonly region?: string;
}

interface RegistrationOptions {
  readonly url: string;
  readonly token: () => string;
  readonly offer: Offer;
  /** Told of everything that is to be played here, whenever that changes. */
  readonly onMatches: (matches: readonly ListedMatch[]) => void;
  readonly log: (line: string) => void;
}

interface Run {
  readonly server_id: string;
  readonly epoch: number;
}

const waitSecs = 30;

/**
 * This server's place in MatchForge's registry, from the first word to the last. The question for matches waits at
 * MatchForge for news, and is the sign of life, too.
 *
 * @example
 * const registration = new Registration({ url, token, offer, onMatches, log: console.log });
 * process.once("SIGTERM", () => registration.drain());
 * await registration.run();
 */
export class Registration {
  readonly #options: RegistrationOptions;
  /** The run that MatchForge knows; null before it does, and when it has given this server up. */
  #run: Run | null = null;
  /** The version of the list that is known. */
  #since: string | null = null;
  #question = new AbortController();
  #wantsToDrain = false;
  #isDraining = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  /** Takes no new matches; `run` ends with the last one. */
  drain(): void {
    this.#wantsToDrain = true;
    this.#question.abort();
  }

  /**
   * Registers, and hears what is to be played, until everything is played after a drain.
   *
   * @throws Error when MatchForge refuses this server: its token is wrong, or its name is another run's by now.
   */
  async run(): Promise<void> {
    for (;;) {
      const run = this.#run ?? (await this.#register());
      if (this.#wantsToDrain && !this.#isDraining) await this.#tellDraining(run);
      const matches = await this.#listOf(run);
      if (matches === undefined) continue;
      this.#options.onMatches(matches);
      if (this.#isDraining && matches.length === 0) return this.#leave(run);
    }
  }

  async #register(): Promise<Run> {
    const { offer, log } = this.#options;
    const question = { method: "POST", path: "/api/v1/servers", body: offer } as const;
    const answer = await this.#ask<Run>(question);
    if (!answer.ok) throw new Error(`MatchForge does not register this server: ${answer.code}.`);
    this.#run = answer.body;
    this.#since = null;
    this.#isDraining = false;
    log(`${answer.body.server_id} is registered at ${offer.address}`);
    return answer.body;
  }

  async #tellDraining({ server_id, epoch }: Run): Promise<void> {
    const body = { epoch, draining: true };
    const path = `/api/v1/servers/${server_id}/heartbeat`;
    const answer = await this.#ask({ method: "POST", path, body });
    if (!answer.ok) return this.#refused(answer.code);
    this.#isDraining = true;
    // What is left to play is asked for at once, and not when it changes.
    this.#since = null;
    this.#options.log(`${server_id} takes no new matches`);
  }

  /** What is to be played here; undefined where it must be asked for again. */
  async #listOf({ server_id, epoch }: Run): Promise<readonly ListedMatch[] | undefined> {
    this.#question = new AbortController();
    const news = this.#since === null ? "" : `&since=${this.#since}&wait=${waitSecs}`;
    const answer = await this.#ask<{ version: string; matches: readonly ListedMatch[] }>({
      method: "GET",
      path: `/api/v1/servers/${server_id}/matches?epoch=${epoch}${news}`,
      withinMs: (waitSecs + 10) * 1_000,
      signal: this.#question.signal,
    });
    if (!answer.ok) return this.#refused(answer.code);
    this.#since = answer.body.version;
    return answer.body.matches;
  }

  async #leave({ server_id, epoch }: Run): Promise<void> {
    await this.#ask({ method: "DELETE", path: `/api/v1/servers/${server_id}?epoch=${epoch}` });
    this.#options.log(`${server_id} has left`);
  }

  #refused(code: string): undefined {
    if (code === "ABORTED") return;
    if (code !== "SERVER_NOT_FOUND") throw new Error(`MatchForge does not take this server's word: ${code}.`);
    this.#options.log("MatchForge has given this server up: it registers again");
    this.#run = null;
  }

  #ask<Body>(question: Omit<Question, "token">): Promise<Answer<Body>> {
    const { url, token } = this.#options;
    return ask(url, { ...question, token: token() });
  }
}
