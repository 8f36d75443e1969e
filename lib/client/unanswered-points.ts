import type { NumberedPoint, Outcome } from './point.ts';

interface Entry {
  readonly point: NumberedPoint;
  /** When it was first sent, or was to be. */
  readonly since: number;
  outcome?: Outcome;
}

/** A point whose outcome is known, as are those of all before it. */
export interface SettledPoint {
  readonly point: NumberedPoint;
  readonly since: number;
  readonly outcome: Outcome;
}

/** The points that have no answer yet, in their order: in whatever order answers come, and how often, each is handed out once and in order. */
export class UnansweredPoints {
  readonly #entries = new Map<number, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  /** The lowest number. */
  get first(): number | undefined {
    const [first] = this.#entries.keys();
    return first;
  }

  add(point: NumberedPoint, since: number): void {
    this.#entries.set(point.sequence, { point, since });
  }

  /** Those to be sent again on a new connection. */
  *unsettled(): Generator<NumberedPoint> {
    for (const { point, outcome } of this.#entries.values()) {
      if (outcome === undefined) yield point;
    }
  }

  /** Takes an outcome; gives the points that are settled by it, in order. One that is known already, or of no point, changes nothing. */
  settle(sequence: number, outcome: Outcome): SettledPoint[] {
    const entry = this.#entries.get(sequence);
    if (entry === undefined || entry.outcome !== undefined) return [];
    entry.outcome = outcome;
    return [...this.#takeSettled()];
  }

  *#takeSettled(): Generator<SettledPoint> {
    // A map is walked in the order in which it was filled, which is that of the numbers.
    for (const [sequence, { point, since, outcome }] of this.#entries) {
      if (outcome === undefined) return;
      this.#entries.delete(sequence);
      yield { point, since, outcome };
    }
  }
}
