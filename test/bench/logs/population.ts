import type { Random } from './random.ts';
import type { Workload } from './workload.ts';

/** In cents, before each community and each user varies it: from a canteen to a jeweller. */
const PRICE_LEVELS = [6_000, 900, 19_000, 1_800, 450, 11_000, 3_500, 32_000] as const;

const SHARE_OF_FRIENDS_WITHIN_COMMUNITY = 0.98;

/** Users 0 to users-1, each with a community and a price they usually pay. */
export class Population {
  readonly #random: Random;
  readonly #users: number;
  readonly #communities: number;
  readonly #usualCents: Float64Array;

  constructor(workload: Workload, random: Random) {
    this.#random = random;
    this.#users = workload.users;
    this.#communities = workload.communities;
    const communityCents = Array.from({ length: workload.communities }, (_, community) => {
      return (PRICE_LEVELS[community % PRICE_LEVELS.length] ?? 0) * random.between(0.8, 1.2);
    });
    this.#usualCents = Float64Array.from({ length: workload.users }, (_, user) => {
      return (communityCents[user % workload.communities] ?? 0) * random.between(0.7, 1.3);
    });
  }

  anyone(): number {
    return this.#random.below(this.#users);
  }

  /** Somebody else, most likely of the same community. */
  acquaintanceOf(user: number): number {
    const acquaintance = this.#random.chance(SHARE_OF_FRIENDS_WITHIN_COMMUNITY)
      ? this.#neighbourOf(user)
      : this.anyone();
    return acquaintance === user ? (user + this.#communities) % this.#users : acquaintance;
  }

  /** At most 1.7 times what the user usually pays, so that hardly any is anomalous. */
  ordinaryCents(user: number): number {
    const spread = (this.#random.unit() + this.#random.unit()) / 2;
    return this.#cents(user, 0.3 + 1.4 * spread);
  }

  anomalousCents(user: number): number {
    return this.#cents(user, this.#random.between(3, 10));
  }

  #neighbourOf(user: number): number {
    const size = Math.floor(this.#users / this.#communities);
    return this.#random.below(size) * this.#communities + (user % this.#communities);
  }

  #cents(user: number, factor: number): number {
    return Math.max(1, Math.round((this.#usualCents[user] ?? 0) * factor));
  }
}
