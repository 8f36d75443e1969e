import type { NumberedPoint, Outcome } from './point.ts';

interface Entry {
  readonly point: NumberedPoint;
  /** When it was first sent, or was to be. */
  readonly since: number;
  /** Whether it stands in a message to the present connection. */
  isUnderWay: boolean;
  outcome?: Outcome;
}

/** Points in a message: the server takes no more. */
const MOST_POINTS = 100;
/** Characters of their timestamps: so that the message stays below the 32 KB that API Gateway takes, even if all are escaped. */
const LONGEST_TIMESTAMPS = 4000;

function isFull({ length }: readonly NumberedPoint[], timestamps: number): boolean {
  return length === MOST_POINTS || timestamps > LONGEST_TIMESTAMPS;
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
  /** Points of the message under way that have no outcome yet. */
  #underWay = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** The lowest number. */
  get first(): number | undefined {
    const [first] = this.#entries.keys();
    return first;
  }

  add(point: NumberedPoint, since: number): void {
    this.#entries.set(point.sequence, { point, since, isUnderWay: false });
  }

  /** The connection is another one: nothing is under way any more. */
  loseUnderWay(): void {
    for (const entry of this.#entries.values()) entry.isUnderWay = false;
    this.#underWay = 0;
  }

  /** The points of the next message, whose numbers follow each other; none as long as one is under way. */
  takeNext(): NumberedPoint[] {
    const next: NumberedPoint[] = [];
    if (this.#underWay > 0) return next;
    let length = 0;
    for (const entry of this.#entries.values()) {
      if (next.length === 0 && entry.outcome !== undefined) continue;
      length += String(entry.point.timestamp).length;
      if (next.length > 0 && (entry.outcome !== undefined || isFull(next, length))) break;
      entry.isUnderWay = true;
      next.push(entry.point);
    }
    this.#underWay = next.length;
    return next;
  }

  /** Takes an outcome; gives the points that are settled by it, in order. One that is known already, or of no point, changes nothing. */
  settle(sequence: number, outcome: Outcome): SettledPoint[] {
    const entry = this.#entries.get(sequence);
    if (entry === undefined || entry.outcome !== undefined) return [];
    entry.outcome = outcome;
    if (entry.isUnderWay) this.#underWay--;
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
