import path from 'node:path';
import type { Clock } from '../clock.ts';
import type { RuleDefinition } from '../deploy/definitions.ts';
import { readIfThere, writeDurably } from '../durable-file.ts';
import { scheduledOnBus } from './bus-event.ts';
import type { EventBus } from './event-bus.ts';

export interface SchedulesOptions {
  readonly rules: readonly RuleDefinition[];
  readonly bus: Pick<EventBus, 'deliver'>;
  /** Where is noted when each rule fired last, so that a restart does not put it off. */
  readonly folder: string;
  readonly clock: Clock;
}

/** The rules that fire by the clock. */
export class Schedules {
  readonly #options: SchedulesOptions;
  readonly #stopped = new AbortController();
  #running: readonly Promise<void>[] = [];

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#options.rules.flatMap((rule) =>
      rule.enabled && rule.trigger.kind === 'schedule' ? [this.#run(rule, rule.trigger.everyMilliseconds)] : [],
    );
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#running);
  }

  async #run(rule: RuleDefinition, interval: number): Promise<void> {
    const { bus, clock, folder } = this.#options;
    const file = path.join(folder, `${rule.name}.txt`);
    // One that never fired begins to count now.
    let last = Number((await readIfThere(file)) ?? clock.now());
    await writeDurably(file, String(last));
    for (;;) {
      await clock.sleep(Math.min(LONGEST_SLEEP_MS, last + interval - clock.now()), this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      if (clock.now() < last + interval) continue;
      last = clock.now();
      await bus.deliver(rule, scheduledOnBus(rule.name, new Date(last)));
      await writeDurably(file, String(last));
    }
  }
}

/** Timers cannot wait for longer than 24 days. */
const LONGEST_SLEEP_MS = 60 * 60_000;
