import type { Friendships } from './friendships.ts';
import { Neighbourhood } from './neighbourhood.ts';

export type Answer = 'yes' | 'no' | 'too dear';

/**
 * Tells whether a user is within some degrees of a neighbourhood's centre before the neighbourhood has grown so far:
 * searches from the user's side until the two meet. Takes a few steps where the neighbourhood would take 100,000.
 */
export class Meeting {
  /** Friends looked at since this was last set back. */
  spent = 0;
  readonly #friendships: Friendships;
  readonly #near: Neighbourhood;
  readonly #far: Neighbourhood;

  constructor(friendships: Friendships, near: Neighbourhood) {
    this.#friendships = friendships;
    this.#near = near;
    this.#far = new Neighbourhood(friendships);
  }

  /** Whether a user outside the neighbourhood is at most `degrees` away from it; too dear to tell once `spent` is over the budget. */
  isWithin(user: number, degrees: number, budget: number): Answer {
    this.#far.start(user, this.#near.userCount);
    for (let left = degrees; ; left--) {
      const answer = this.#touches(budget);
      if (answer !== 'no' || left === 1) return answer;
      this.spent += this.#far.expansionCost();
      if (this.spent > budget) return 'too dear';
      this.#far.expand();
    }
  }

  /** Whether anyone on the far side is a friend of anyone on the near side. */
  #touches(budget: number): Answer {
    const { members, count, frontierStart } = this.#far;
    for (let at = frontierStart; at < count; at++) {
      if (this.#isFriendOfNear(members[at]!)) return 'yes';
      if (this.spent > budget) return 'too dear';
    }
    return 'no';
  }

  #isFriendOfNear(user: number): boolean {
    const near = this.#near;
    const degree = this.#friendships.degree(user);
    // A hub on the far side has too many friends to go through; its index answers for each of the few on the near side.
    if (degree > near.count - near.frontierStart && this.#friendships.isWide(user)) {
      this.spent += near.count - near.frontierStart;
      for (let at = near.frontierStart; at < near.count; at++) {
        if (this.#friendships.has(user, near.members[at]!)) return true;
      }
      return false;
    }
    if (degree === 0) return false;
    const { blocks } = this.#friendships;
    const place = this.#friendships.start(user);
    const friends = blocks.pageOf(place);
    const start = blocks.offsetOf(place);
    let at = start;
    while (at < start + degree && !near.has(friends[at]!)) at++;
    this.spent += at - start;
    return at < start + degree;
  }
}
