import { createHistogram } from 'node:perf_hooks';

const MICROS = 1000;

/** How long answers took, in constant memory, to three digits. */
export class Latencies {
  readonly #histogram = createHistogram({ figures: 3 });

  add(milliseconds: number): void {
    this.#histogram.record(Math.max(1, Math.round(milliseconds * MICROS)));
  }

  /** Milliseconds within which so many percent of the answers came. */
  percentile(percent: number): number {
    return this.#histogram.percentile(percent) / MICROS;
  }
}
