import type { Transaction } from './transaction.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A user's habits, learnt from their transactions. */
export class Profile {
  #count = 0;

  static empty(): Profile {
    return new Profile();
  }

  /** @throws UnreadableStateError */
  static restore(bytes: Uint8Array): Profile {
    const profile = new Profile();
    profile.#count = Number(decoder.decode(bytes));
    return profile;
  }

  save(): Uint8Array {
    return encoder.encode(String(this.#count));
  }

  /** How many transactions were learnt. */
  get count(): number {
    return this.#count;
  }

  /** Takes a transaction that has been judged; an anomalous one is not learnt unless habits have changed. */
  learn(_transaction: Transaction, verdict: { readonly isAnomaly: boolean }): void {
    if (!verdict.isAnomaly) this.#count++;
  }

  /** The profile of what both have learnt. */
  merge(other: Profile): Profile {
    const merged = new Profile();
    merged.#count = this.#count + other.#count;
    return merged;
  }
}
