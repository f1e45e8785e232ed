/** What the players of a failover trial have seen together. */
export class FailoverRecord {
  /** Nobody queues any more: what is under way is to end. */
  isClosing = false;
  /** Nobody reconnects any more. */
  isOver = false;
  matches = 0;
  lostTickets = 0;
  /** Matches that began and of whose end nobody has heard. */
  readonly open = new Set<string>();
  readonly #foundBy = new Map<string, number>();
  #requests = 0;
  #onFound: (foundAt: number, enteredAt: number) => void = () => {};

  /** Told of each match both of whose players know it: when, and when the later of them had asked. */
  onFound(listener: (foundAt: number, enteredAt: number) => void): void {
    this.#onFound = listener;
  }

  nextId(): string {
    this.#requests += 1;
    return `f${this.#requests}`;
  }

  found(match: string, enteredAt: number): void {
    const first = this.#foundBy.get(match);
    if (first === undefined) {
      this.#foundBy.set(match, enteredAt);
      return;
    }
    this.#foundBy.delete(match);
    this.matches += 1;
    this.#onFound(performance.now(), Math.max(first, enteredAt));
  }

  started(match: string): void {
    this.open.add(match);
  }

  ended(match: string): void {
    this.open.delete(match);
    this.#foundBy.delete(match);
  }

  lostTicket(player: number): void {
    console.error(`player ${player} waited, and was told of no end`);
    this.lostTickets += 1;
  }
}
