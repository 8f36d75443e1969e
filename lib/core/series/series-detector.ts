import type { Episodes } from './episodes.ts';
import { calibrate, ratePoint, STRENGTHS, type Calibration } from './judge-point.ts';
import { decodeSeriesState, encodeSeriesState, newSeriesState, type SeriesState } from './series-codec.ts';
import { checkWindow, type Limits, type SeriesOptions } from './series-options.ts';
import { SeriesWindow, type SeriesPoint } from './series-window.ts';
import { QUIET, verdictOf, type Verdict } from './verdict.ts';

/** So many values are enough to judge the next one by, where the window holds more. */
export const ENOUGH_TO_JUDGE = 200;

/** So many are enough to tell how far out of line values usually are. */
export const ENOUGH_TO_CALIBRATE = 50;

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

/** What a detector starts from. */
interface Past {
  readonly state: SeriesState;
  /** The values in the window. */
  readonly values: readonly number[];
}

/** What was found of a value that has not been learnt yet. */
interface Judgement {
  readonly value: number;
  readonly point: SeriesPoint;
  readonly rates: Float64Array;
}

/**
 * Judges each value of a series against the window of values before it, by a majority of five models.
 * The same values give the same verdicts, bit for bit, whether or not the detector was saved and restored between them.
 * A value that is not finite is missing: it is answered quietly and not learnt, and does not belong in the history.
 */
export class SeriesDetector {
  readonly #size: number;
  readonly #kind: Limits;
  readonly #window: SeriesWindow;
  readonly #calibration: Calibration;
  readonly #episodes: Episodes;
  /** Of the value that was scored last: most are learnt next, and need not be judged twice. */
  #judgement: Judgement | undefined;

  /** `past` is for `restore`. @throws RangeError for a window that is not allowed. */
  constructor({ window, limits = 'calibrated' }: SeriesOptions, past: Past = { state: newSeriesState(), values: [] }) {
    checkWindow(window);
    this.#size = window;
    this.#kind = limits;
    this.#calibration = past.state.calibration;
    this.#episodes = past.state.episodes;
    this.#window = new SeriesWindow(window, past.state.number - past.values.length);
    for (const value of past.values) this.#window.learn(this.#window.pointOf(value));
  }

  /** @throws UnreadableStateError if the saved bytes are damaged, or of another version. */
  static restore({ saved, history, ...options }: SavedSeries): SeriesDetector {
    const values = [...history].slice(-historyLength(options.window));
    return new SeriesDetector(options, { state: decodeSeriesState(saved), values });
  }

  /** Judges a value and changes nothing that a later verdict depends on. */
  score(value: number): Verdict {
    if (!Number.isFinite(value) || !this.#holds(ENOUGH_TO_JUDGE)) return QUIET;
    const strengths = STRENGTHS[this.#kind](this.#judge(value).rates, this.#calibration);
    return verdictOf(strengths, (strength) => this.#episodes.isOnset(strength));
  }

  /** Takes a value into the window. `verdict` is what `score` said of it. */
  learn(value: number, verdict: Verdict = this.score(value)): void {
    if (!Number.isFinite(value)) return;
    const { point, rates } = this.#judge(value);
    if (this.#holds(ENOUGH_TO_CALIBRATE)) {
      calibrate(this.#calibration, { rates, isJudged: this.#holds(ENOUGH_TO_JUDGE) });
    }
    this.#episodes.learn(verdict.alert);
    this.#window.learn(point);
    this.#judgement = undefined;
  }

  /** What a restored detector needs beside the history: some hundred bytes and at most 3 KB, whatever the window. */
  save(): Uint8Array {
    return encodeSeriesState({ number: this.#window.number, episodes: this.#episodes, calibration: this.#calibration });
  }

  #holds(enough: number): boolean {
    return this.#window.length >= Math.min(this.#size, enough);
  }

  #judge(value: number): Judgement {
    if (this.#judgement?.value === value) return this.#judgement;
    const point = this.#window.pointOf(value);
    this.#judgement = { value, point, rates: ratePoint(this.#window, point) };
    return this.#judgement;
  }
}
