import type { ErasureProgress } from '../../../lib/adapters/erasure/eraser.ts';
import type { GivenTarget } from '../../../lib/core/erasure/read-target.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Actor, Offer } from '../world/actor.ts';
import type { Draws } from '../world/draws.ts';
import type { Lambda } from '../world/lambda.ts';

/** Who is deleted, by an id that no other bytes look like. */
export const VICTIM = 'victim/ü';

/** The scenario with one of its users under the victim's id. */
export function withVictim(scenario: Scenario): Scenario {
  const renamed = (text: string): string => text.replaceAll(/("id[12]?": )"2"/g, `$1"${VICTIM}"`);
  return {
    ...scenario,
    producers: scenario.producers.map((records) =>
      records.map((record) => ({ ...record, data: renamed(record.data) })),
    ),
    uploads: scenario.uploads.map((upload) => ({ ...upload, content: renamed(upload.content) })),
  };
}

export function drawErasures(draws: Draws, { networks }: Scenario): GivenTarget[] {
  return Array.from({ length: draws.integer(1, 3) }, () => {
    const network = draws.pick(networks);
    return draws.chance(0.35) ? { network } : { network, user: VICTIM };
  });
}

/** Asks for removals, each until it is told that it is done, as the command line does; and calls the function on its schedule. */
export class Erasures implements Actor {
  readonly #lambda: Lambda;
  readonly #targets: readonly GivenTarget[];
  #left: GivenTarget[];
  #isUnderWay = false;

  constructor(lambda: Lambda, targets: readonly GivenTarget[]) {
    this.#lambda = lambda;
    this.#targets = targets;
    this.#left = [...targets];
  }

  /** All of them are to be removed once more, now that nothing comes any more. */
  again(): void {
    this.#left = [...this.#targets];
  }

  offers(isCalm: boolean): Offer[] {
    const asks = this.#left.length > 0 && !this.#isUnderWay ? [{ weight: 0.08, run: () => this.#ask() }] : [];
    const schedule = { weight: 0.03, run: () => void this.#lambda.invoke('erase', {}, () => undefined) };
    return isCalm ? asks : [...asks, schedule];
  }

  #ask(): void {
    const [target] = this.#left;
    this.#isUnderWay = true;
    this.#lambda.invoke('erase', { target }, (outcome) => {
      this.#isUnderWay = false;
      if (outcome.type !== 'returned') return;
      if ((outcome.value as ErasureProgress).outcome === 'removed') this.#left.shift();
    });
  }
}
