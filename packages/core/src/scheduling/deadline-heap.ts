import { compareIds } from "../ids.ts";

/** Something that waits for a deadline. */
export interface Waiting {
  readonly id: string;
  /** In ms; Infinity when nothing is awaited. */
  deadline: number;
  /** Place in the deadline heap, -1 when outside. */
  heapIndex: number;
}

/**
 * All deadlines of a state in one binary heap, ordered by (deadline, id). Each subject carries its own
 * place in the heap, so moving or removing a deadline costs O(log n) and leaves nothing behind.
 *
 * @example
 * const heap = new DeadlineHeap<Waiting>();
 * heap.set(late, 2_000);
 * heap.set(soon, 1_000);
 * heap.first(); // soon
 */
export class DeadlineHeap<Subject extends Waiting> {
  readonly #heap: Subject[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The subject whose deadline comes first. */
  first(): Subject | undefined {
    return this.#heap[0];
  }

  /** Sets a subject's deadline; Infinity takes it out. */
  set(subject: Subject, deadline: number): void {
    if (deadline === Number.POSITIVE_INFINITY) {
      this.remove(subject);
      return;
    }
    if (subject.heapIndex < 0) {
      subject.deadline = deadline;
      subject.heapIndex = this.#heap.length;
      this.#heap.push(subject);
      this.#rise(subject);
      return;
    }
    const earlier = deadline < subject.deadline;
    subject.deadline = deadline;
    if (earlier) this.#rise(subject);
    else this.#sink(subject);
  }

  remove(subject: Subject): void {
    subject.deadline = Number.POSITIVE_INFINITY;
    const index = subject.heapIndex;
    if (index < 0) return;
    subject.heapIndex = -1;
    const last = this.#heap.pop() as Subject;
    if (last === subject) return;
    last.heapIndex = index;
    this.#heap[index] = last;
    this.#rise(last);
    this.#sink(last);
  }

  #rise(subject: Subject): void {
    const heap = this.#heap;
    let index = subject.heapIndex;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!before(subject, parent)) break;
      heap[index] = parent;
      parent.heapIndex = index;
      index = parentIndex;
    }
    heap[index] = subject;
    subject.heapIndex = index;
  }

  #sink(subject: Subject): void {
    const heap = this.#heap;
    const size = heap.length;
    let index = subject.heapIndex;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= size) break;
      const right = childIndex + 1;
      if (right < size && before(heap[right], heap[childIndex])) childIndex = right;
      const child = heap[childIndex];
      if (!before(child, subject)) break;
      heap[index] = child;
      child.heapIndex = index;
      index = childIndex;
    }
    heap[index] = subject;
    subject.heapIndex = index;
  }
}

function before(left: Waiting, right: Waiting): boolean {
  if (left.deadline !== right.deadline) return left.deadline < right.deadline;
  return compareIds(left.id, right.id) < 0;
}
