import {
  afterPass,
  encodeTarget,
  newErasure,
  type Erasure,
  type ErasureTarget,
  type Removed,
} from '../../core/erasure/erasure.ts';
import { nameOf } from '../../core/text/name-of.ts';
import { clientSteps } from './client-steps.ts';
import type { ErasureOptions, ErasureStep, ErasureWork } from './erasure-step.ts';
import type { ErasureStore } from './erasure-store.ts';
import { failureStep } from './failure-step.ts';
import { networkSteps } from './network-steps.ts';
import { transactionSteps } from './transaction-steps.ts';
import { userSteps } from './user-steps.ts';

export interface EraserOptions extends ErasureOptions {
  readonly erasures: ErasureStore;
  /** For how long the stream keeps its records. */
  readonly retentionMs: number;
}

/** How far a removal is. */
export interface ErasureProgress {
  /** 'unfinished' where time ran out: it goes on where it is. 'removed' where the pass has come to its end. */
  readonly outcome: 'unfinished' | 'removed';
  /** What the pass has removed so far. */
  readonly removed: Removed;
  /** When what was asked for began to be removed, and when the stream will have forgotten all that was put before. */
  readonly askedAt: number;
  readonly streamUntil: number;
  /** When it is gone over again; missing after the last time. */
  readonly due?: number;
}

/** Removes the data of a network, a user or a client from wherever it is. */
export class Eraser {
  readonly #options: EraserOptions;

  constructor(options: EraserOptions) {
    this.#options = options;
  }

  /** Begins a removal, or goes on with it where its first pass has not come to its end. */
  async erase(target: ErasureTarget, isOutOfTime: () => boolean): Promise<ErasureProgress> {
    const { erasures, now } = this.#options;
    const name = nameOfTarget(target);
    const known = await erasures.read(name);
    if (known !== undefined && known.passes === 0) return this.#goOn(name, known, isOutOfTime);
    const erasure = newErasure(target, now());
    await erasures.write(name, erasure);
    return this.#goOn(name, erasure, isOutOfTime);
  }

  /** Goes on with all removals that are due. False if time ran out. */
  async eraseDue(isOutOfTime: () => boolean): Promise<boolean> {
    const { erasures, now } = this.#options;
    for (const { name, erasure } of await erasures.readAll()) {
      if (erasure.due > now()) continue;
      const { outcome } = await this.#goOn(name, erasure, isOutOfTime);
      if (outcome === 'unfinished') return false;
    }
    return true;
  }

  async #goOn(name: string, erasure: Erasure, isOutOfTime: () => boolean): Promise<ErasureProgress> {
    const { erasures, retentionMs } = this.#options;
    const counts = new Map(Object.entries(erasure.removed));
    const removed = (kind: string, count: number): void => {
      counts.set(kind, (counts.get(kind) ?? 0) + count);
    };
    const told = { askedAt: erasure.askedAt, streamUntil: erasure.askedAt + retentionMs };
    for (const { name: step, run } of remaining(await this.#stepsOf(erasure, removed), erasure)) {
      const after = await run({ erasure, after: afterOf(erasure, step), isOutOfTime, removed });
      const isOver = after !== undefined || isOutOfTime();
      const place = {
        step,
        ...(after !== undefined && { after }),
        ...(after === undefined && { isDone: true as const }),
      };
      await erasures.write(name, { ...erasure, place, removed: Object.fromEntries(counts) });
      if (isOver) return { outcome: 'unfinished', removed: Object.fromEntries(counts), ...told };
    }
    const next = afterPass(erasure, retentionMs);
    if (next === undefined) await erasures.delete(name);
    else await erasures.write(name, next);
    return { outcome: 'removed', removed: Object.fromEntries(counts), ...told, ...(next && { due: next.due }) };
  }

  async #stepsOf(erasure: Erasure, removed: ErasureWork['removed']): Promise<ErasureStep[]> {
    const { target } = erasure;
    const options = this.#options;
    if (target.kind === 'network') return networkSteps({ target, erasure }, options);
    if (target.kind === 'client') return clientSteps({ target, erasure }, options);
    const { user, network } = target;
    const networks = network === undefined ? await options.state.listNetworks() : [network];
    const steps: ErasureStep[] = [];
    for (const name of networks) steps.push(...(await userSteps({ network: name, user, erasure }, options)));
    if (network === undefined) steps.push(...(await transactionSteps({ user, erasure, removed }, options)));
    return [...steps, failureStep(target, options.journal)];
  }
}

function nameOfTarget(target: ErasureTarget): string {
  return `${target.kind}-${nameOf(encodeTarget(target))}`;
}

/** The steps from where it has come to; a step that is not there any more is one of a network that is gone. */
function remaining(steps: readonly ErasureStep[], { place }: Erasure): readonly ErasureStep[] {
  const at = steps.findIndex(({ name }) => name === place?.step);
  return at < 0 ? steps : steps.slice(place?.isDone === true ? at + 1 : at);
}

function afterOf({ place }: Erasure, step: string): string | undefined {
  return place?.step === step ? place.after : undefined;
}
