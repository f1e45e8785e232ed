type Timer = { readonly at: number; readonly order: number; call: (() => void) | null };

/** Time that passes as fast as the work allows: whatever is due next happens next. */
export class VirtualTime {
  readonly #heap: Timer[] = [];
  #now = 0;
  #order = 0;

  /** Milliseconds since the world began. */
  get now(): number {
    return this.#now;
  }

  after(delayMs: number, call: () => void): () => void {
    this.#order += 1;
    const timer: Timer = { at: this.#now + Math.max(0, Math.round(delayMs)), order: this.#order, call };
    push(this.#heap, timer);
    return () => {
      timer.call = null;
    };
  }

  wait(delayMs: number): Promise<void> {
    return new Promise((resume) => this.after(delayMs, resume));
  }

  /** Lets time pass until `done` says so or nothing is left to happen. */
  run(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const step = () => {
        if (isOver) return;
        try {
          isOver = done() || this.#heap.length === 0;
          if (isOver) resolve();
          else this.#advance();
        } catch (error) {
          isOver = true;
          reject(error);
        }
      };
      const turn = () => {
        for (let planned = 0; planned < stepsPerTurn && !isOver; planned += 1) setImmediate(step);
        if (!isOver) setImmediate(turn);
      };
      turn();
    });
  }

  /** To the next instant at which something is due, and everything that is due then. */
  #advance(): void {
    this.#now = Math.max(this.#now, this.#heap[0].at);
    while (this.#heap.length > 0 && this.#heap[0].at <= this.#now) pop(this.#heap).call?.();
  }
}

/**
 * Promises of this world settle in microtasks only, and those are all done before the next immediate. Many immediates
 * share a turn of the process' own event loop, which costs more than they do.
 */
const stepsPerTurn = 200;

function before(left: Timer, right: Timer): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

function push(heap: Timer[], timer: Timer): void {
  let index = heap.length;
  heap.push(timer);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(timer, heap[parent])) break;
    heap[index] = heap[parent];
    index = parent;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): Timer {
  const first = heap[0];
  const last = heap.pop() as Timer;
  if (heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1;
    if (!before(heap[child], last)) break;
    heap[index] = heap[child];
    index = child;
  }
  heap[index] = last;
  return first;
}
