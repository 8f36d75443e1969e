import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricOf, NAMESPACE, type Metered, type MetricName } from '../../core/operations/metrics.ts';

export interface CountersOptions {
  /**
   * A function that is called many times a second would write more of this than of anything else: what it counts goes with
   * a later call, as soon as so much time has passed. What a sandbox counted last is lost with it.
   */
  readonly atMostEveryMs?: number;
  readonly now?: () => number;
}

/** What a function counts, as metrics: one line of log for all that an invocation has counted. */
export class Counters<Of extends Metered> {
  readonly #service: Of;
  readonly #options: Required<CountersOptions>;
  readonly #metrics: Metrics;
  readonly #values = new Map<MetricName<Of>, number>();
  #publishedAt = -Infinity;

  constructor(service: Of, { atMostEveryMs = 0, now = Date.now }: CountersOptions = {}) {
    this.#service = service;
    this.#options = { atMostEveryMs, now };
    this.#metrics = new Metrics({ namespace: NAMESPACE, serviceName: service });
  }

  /** Adds to a count, or tells an age: of several, the greatest. */
  note(values: Partial<Readonly<Record<MetricName<Of>, number>>>): void {
    for (const [name, value] of Object.entries(values) as [MetricName<Of>, number][]) {
      const known = this.#values.get(name);
      this.#values.set(name, known === undefined ? value : this.#together(name, known, value));
    }
  }

  /** Writes what has been counted since the last time, unless that is nothing, or it is too early. */
  publish(): void {
    const now = this.#options.now();
    if (now - this.#publishedAt < this.#options.atMostEveryMs) return;
    for (const [name, value] of this.#values) {
      if (value !== 0) this.#metrics.addMetric(name, metricOf(this.#service, name).unit, value);
    }
    this.#values.clear();
    if (!this.#metrics.hasStoredMetrics()) return;
    this.#publishedAt = now;
    this.#metrics.publishStoredMetrics();
  }

  #together(...[name, one, other]: readonly [MetricName<Of>, number, number]): number {
    return metricOf(this.#service, name).statistic === 'Sum' ? one + other : Math.max(one, other);
  }
}

/** Has a handler publish what it has counted, whether it goes well or not. */
export function publishing(counters: { publish(): void }): {
  readonly after: () => void;
  readonly onError: () => void;
} {
  const publish = (): void => counters.publish();
  return { after: publish, onError: publish };
}
