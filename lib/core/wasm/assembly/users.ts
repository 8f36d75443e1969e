import { widenIds } from './ids';
import { widenFriendships } from './friendships';
import { widenGlances } from './glances';
import { widenWindows } from './windows';
import { widenNeighbourhoods } from './neighbourhood';
import { FIRST_USER_BITS } from './tables';

/** Users are numbers from 0, in the order in which they are first seen. */
export let userCount: u32 = 0;

/** The logarithm of how many users the tables have room for. */
let userBits: i32 = FIRST_USER_BITS;

/** Takes in another user: every table has a row for each, and one more. */
export function addUser(): u32 {
  if ((userCount + 1) >> userBits > 0) {
    widenIds(userBits);
    widenFriendships(userBits);
    widenWindows(userBits);
    widenGlances(userBits);
    widenNeighbourhoods(userBits);
    userBits++;
  }
  return userCount++;
}
