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
  async run(done: () => boolean): Promise<void> {
    while (!done() && this.#heap.length > 0) {
      this.#now = Math.max(this.#now, this.#heap[0].at);
      while (this.#heap.length > 0 && this.#heap[0].at <= this.#now) pop(this.#heap).call?.();
      await everyPromiseSettled();
    }
  }
}

/** Promises of this world settle in microtasks only, and those are all done before the next immediate. */
function everyPromiseSettled(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}

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
