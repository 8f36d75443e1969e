import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { AsynchronousSettings } from '../../deploy/definitions.ts';
import type { Tell } from '../../run-events.ts';
import type { FailureStore } from '../failure-store.ts';
import type { Invoke, InvocationResult } from '../invocation.ts';
import type { EventFolder } from './event-folder.ts';
import { asynchronousFailure } from './failure-record.ts';
import type { QueuedEvent } from './queued-event.ts';

/** What can be called asynchronously. */
interface AsynchronousTarget {
  readonly invoke: Invoke;
  readonly settings: AsynchronousSettings;
}

export interface AsynchronousInvocationsOptions {
  readonly folder: EventFolder;
  readonly targets: ReadonlyMap<string, AsynchronousTarget>;
  readonly failures: FailureStore;
  readonly clock: Clock;
  readonly tell: Tell;
  /** Milliseconds to wait after the first, second, … failure. Lambda waits one minute, then two. */
  readonly pausesAfterFailure: readonly number[];
}

const FIRST_PAUSE_AFTER_REFUSAL_MS = 500;
const LONGEST_PAUSE_AFTER_REFUSAL_MS = 30_000;

/**
 * Invocations whose caller does not wait: on disk before they are accepted, tried again when they fail, and kept elsewhere
 * when they go on failing. An event may be delivered more than once, as by Lambda.
 */
export class AsynchronousInvocations {
  readonly #options: AsynchronousInvocationsOptions;
  readonly #pending = new Map<string, QueuedEvent>();
  readonly #accepting = new Map<string, Promise<void>>();
  readonly #atWork = new Set<Promise<void>>();
  readonly #stopped = new AbortController();

  constructor(options: AsynchronousInvocationsOptions) {
    this.#options = options;
  }

  get pending(): readonly QueuedEvent[] {
    return [...this.#pending.values()];
  }

  /** Takes up what an earlier process left. */
  async start(): Promise<void> {
    for (const event of await this.#options.folder.readAll()) this.#begin(event);
  }

  /** Comes back when the event is in safe hands. One with the id of an event that is pending is that event. */
  async accept({ functionName, payload, id = randomUUID() }: AcceptedEvent): Promise<string> {
    if (!this.#pending.has(id)) {
      const acceptedAt = this.#options.clock.now();
      const event = { id, functionName, payload, acceptedAt, failures: 0, refusals: 0, notBefore: acceptedAt };
      const accepting = this.#accepting.get(id) ?? this.#acceptNew(event);
      this.#accepting.set(id, accepting);
      await accepting;
    }
    return id;
  }

  /** Begins nothing new, and comes back when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#atWork);
  }

  async #acceptNew(event: QueuedEvent): Promise<void> {
    try {
      await this.#options.folder.write(event);
      this.#begin(event);
    } finally {
      this.#accepting.delete(event.id);
    }
  }

  #begin(event: QueuedEvent): void {
    this.#pending.set(event.id, event);
    if (this.#stopped.signal.aborted) return;
    const work = this.#seeThrough(event)
      .catch((error: unknown) =>
        this.#options.tell({ kind: 'trouble', message: `event ${event.id}: ${String(error)}` }),
      )
      .finally(() => this.#atWork.delete(work));
    this.#atWork.add(work);
  }

  async #seeThrough(first: QueuedEvent): Promise<void> {
    const { clock } = this.#options;
    let event = first;
    for (;;) {
      await clock.sleep(event.notBefore - clock.now(), this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      const next = await this.#tryOnce(event);
      if (next === undefined) break;
      event = next;
      this.#pending.set(event.id, event);
      await this.#options.folder.write(event);
    }
    await this.#options.folder.remove(event);
    this.#pending.delete(event.id);
  }

  /** Gives the event as it is to be tried again; undefined when it is done with. */
  async #tryOnce(event: QueuedEvent): Promise<QueuedEvent | undefined> {
    const target = this.#options.targets.get(event.functionName);
    if (target === undefined) return this.#giveUp(event, 'FunctionGone');
    const age = this.#options.clock.now() - event.acceptedAt;
    if (age > target.settings.maximumEventAgeSeconds * 1000) return this.#giveUp(event, 'EventAgeExceeded');
    const result = await target.invoke({ requestId: event.id, payload: event.payload });
    if (result.outcome === 'succeeded') return undefined;
    const next = this.#after(event, result);
    return next.failures > target.settings.maximumRetryAttempts ? this.#giveUp(next, 'RetriesExhausted') : next;
  }

  #after(event: QueuedEvent, result: Exclude<InvocationResult, { outcome: 'succeeded' }>): QueuedEvent {
    const now = this.#options.clock.now();
    if (result.outcome !== 'failed') {
      const pause = FIRST_PAUSE_AFTER_REFUSAL_MS * 2 ** Math.min(event.refusals, 10);
      const notBefore = now + Math.min(pause, LONGEST_PAUSE_AFTER_REFUSAL_MS);
      return { ...event, refusals: event.refusals + 1, notBefore };
    }
    const { pausesAfterFailure: pauses } = this.#options;
    const notBefore = now + (pauses[event.failures] ?? pauses.at(-1) ?? 0);
    return { ...event, failures: event.failures + 1, refusals: 0, notBefore, lastError: result.error };
  }

  async #giveUp(event: QueuedEvent, condition: string): Promise<undefined> {
    const { failures, targets, clock, tell } = this.#options;
    const bucket = targets.get(event.functionName)?.settings.failureBucket;
    const record = asynchronousFailure(event, condition, new Date(clock.now()));
    if (bucket !== undefined) await failures.keep(bucket, record);
    const kept = bucket === undefined ? undefined : `s3://${bucket}/${record.key}`;
    tell({ kind: 'given-up', functionName: event.functionName, what: 'an event', kept });
  }
}

export interface AcceptedEvent {
  readonly functionName: string;
  /** JSON. */
  readonly payload: string;
  readonly id?: string;
}
