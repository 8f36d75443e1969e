import { friendsOf, isFriend, isWide } from './friendships';
import { far, near } from './neighbourhood';

/**
 * Tells whether a user is within some degrees of the near neighbourhood's centre before it has grown so far: searches from the
 * user's side until the two meet. Takes a few steps where the neighbourhood would take 100,000.
 */

const NO: i32 = 0;
export const YES: i32 = 1;
export const TOO_DEAR: i32 = 2;

/** Friends looked at since this was last set back. */
export let spent: f64 = 0;

export function spend(cost: f64): void {
  spent += cost;
}

export function resetSpent(): void {
  spent = 0;
}

/** Whether a user outside the neighbourhood is at most `degrees` away from it; too dear to tell once over the budget. */
export function meets(user: u32, degrees: u32, budget: f64): i32 {
  far.start(user);
  let left = degrees;
  while (true) {
    const answer = touches(budget);
    if (answer != NO || left == 1) return answer;
    spent += <f64>far.expansionCost();
    if (spent > budget) return TOO_DEAR;
    far.expand();
    left--;
  }
}

/** Whether anyone on the far side is a friend of anyone on the near side. */
function touches(budget: f64): i32 {
  const end = far.count;
  for (let at = far.frontierStart; at < end; at++) {
    if (isFriendOfNear(far.member(at))) return YES;
    if (spent > budget) return TOO_DEAR;
  }
  return NO;
}

function isFriendOfNear(user: u32): bool {
  const row = friendsOf(user);
  const frontier = near.count - near.frontierStart;
  // A hub on the far side has too many friends to go through; its index answers for each of the few on the near side.
  if (isWide(row) && row.degree > frontier) {
    spent += frontier;
    for (let at = near.frontierStart; at < near.count; at++) {
      if (isFriend(row, near.member(at))) return true;
    }
    return false;
  }
  const start = row.friends;
  const end = start + ((<usize>row.degree) << 2);
  let at = start;
  while (at < end && !near.has(load<u32>(at))) at += 4;
  spent += <f64>((at - start) >> 2);
  return at < end;
}
