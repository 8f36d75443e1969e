/** An episode is over so many points after its onset. */
const LENGTH = 100;

/** How much stronger the onset of an episode has to be for each one that is remembered, */
const HABITUATION = 0.1;

/** of which at each point so much is forgotten: half of it within some 1,400 points. */
const FORGETTING = 0.000_5;

export interface SavedEpisodes {
  readonly remembered: number;
  readonly pointsSince: number;
}

/**
 * Tells the onset of an anomalous episode from the points that follow it. The more episodes a series had lately, the
 * stronger the next one has to be: who cries wolf every day is listened to when it is a bear.
 */
export class Episodes {
  #remembered: number;
  #pointsSince: number;

  constructor({ remembered, pointsSince }: SavedEpisodes = { remembered: 0, pointsSince: LENGTH }) {
    this.#remembered = remembered;
    this.#pointsSince = pointsSince;
  }

  /** Whether an anomalous point of this strength, above 1, starts an episode. */
  isOnset(strength: number): boolean {
    return this.#pointsSince >= LENGTH && strength > 1 + HABITUATION * this.#remembered;
  }

  learn(isOnset: boolean): void {
    this.#remembered += (isOnset ? 1 : 0) - FORGETTING * this.#remembered;
    this.#pointsSince = isOnset ? 0 : Math.min(LENGTH, this.#pointsSince + 1);
  }

  save(): SavedEpisodes {
    return { remembered: this.#remembered, pointsSince: this.#pointsSince };
  }
}
