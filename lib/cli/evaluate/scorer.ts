import { TRANSACTION_DETECTORS, type TransactionMode } from '../../core/transactions/detectors.ts';
import type { Features } from '../../core/transactions/features.ts';
import { trainModel, type Model } from '../../core/transactions/model.ts';
import { Profile } from '../../core/transactions/profile.ts';
import type { Transaction } from '../../core/transactions/transaction.ts';

/** Judges transactions in their order as the stream would, the first so many by the profiles alone: those train the model. */
export class Scorer {
  readonly mode: TransactionMode;
  /** Of the transactions after the training. */
  readonly scores: number[] = [];
  /** Of the same, whether the detector itself flags them. */
  readonly verdicts: boolean[] = [];
  readonly #training: number;
  readonly #features: Features[] = [];
  readonly #profiles = new Map<string, Profile>();
  #model: Model | undefined;

  constructor(mode: TransactionMode, training: number) {
    this.mode = mode;
    this.#training = training;
  }

  /** Judges a transaction, and then learns it. @throws RangeError if the training is too short for a model */
  take(transaction: Transaction): void {
    const profile = this.#profileOf(transaction);
    const judgement = TRANSACTION_DETECTORS[this.mode].judge({ transaction, profile, model: this.#model });
    profile.learn(transaction, judgement);
    if (this.#model !== undefined) {
      this.scores.push(judgement.score);
      this.verdicts.push(judgement.isAnomaly);
    } else if (this.#features.push(judgement.features) === this.#training) {
      this.#model = trainModel(this.#features);
      this.#features.length = 0;
    }
  }

  #profileOf({ user }: Transaction): Profile {
    const known = this.#profiles.get(user);
    if (known !== undefined) return known;
    const profile = Profile.empty();
    this.#profiles.set(user, profile);
    return profile;
  }
}
