import { UnreadableStateError } from '../cloud/unreadable-state-error.ts';
import { MODEL_NAMES, type ModelName } from './models.ts';
import { checkWindow, type Limits, type SeriesOptions } from './series-options.ts';
import type { Verdict } from './verdict.ts';

const FORMAT = 1;

export interface SavedSeries extends SeriesOptions {
  /** What `save` gave. */
  readonly saved: Uint8Array;
  /** The values learnt before it, the oldest first: the last `historyLength(window)`, or all if there are fewer. */
  readonly history: Iterable<number>;
}

/** How many of the last values have to be kept to restore a detector, beside what it saves. */
export function historyLength(window: number): number {
  return window;
}

/**
 * Judges each value of a series against the window of values before it, by a majority of five models.
 * The same values give the same verdicts, bit for bit, whether or not the detector was saved and restored between them.
 * A value that is not finite is missing: it is answered quietly and not learnt, and does not belong into the history.
 */
export class SeriesDetector {
  readonly #window: number;
  readonly #limits: Limits;
  #values: number[] = [];

  /** @throws RangeError for a window that is not allowed. */
  constructor({ window, limits = 'calibrated' }: SeriesOptions) {
    checkWindow(window);
    this.#window = window;
    this.#limits = limits;
  }

  /** @throws UnreadableStateError if the saved bytes are damaged, or of another version. */
  static restore({ saved, history, ...options }: SavedSeries): SeriesDetector {
    if (saved[0] !== FORMAT) throw new UnreadableStateError('series', `its format is ${saved[0]}`);
    const detector = new SeriesDetector(options);
    for (const value of history) detector.learn(value);
    return detector;
  }

  /** Judges a value and changes nothing. */
  score(value: number): Verdict {
    const values = this.#values;
    const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length);
    const ratio = values.length < this.#window || sd === 0 ? 0 : Math.abs(value - mean) / sd / 3;
    const anomaly = ratio > 1;
    return {
      anomaly,
      alert: anomaly && this.#limits !== undefined,
      score: ratio / (1 + ratio),
      votes: Object.fromEntries(MODEL_NAMES.map((name) => [name, anomaly])) as Record<ModelName, boolean>,
    };
  }

  /** Takes a value into the window. `verdict` is what `score` said of it, where that is known: it is then not scored again. */
  learn(value: number, _verdict: Verdict = this.score(value)): void {
    this.#values.push(value);
    if (this.#values.length > this.#window) this.#values.shift();
  }

  /** What a restored detector needs beside the history: at most 2 KB, whatever the window. */
  save(): Uint8Array {
    return Uint8Array.of(FORMAT);
  }
}
