/** The logarithm of how many users each table has a row for at first; see users.ts for how they grow. */
export const FIRST_USER_BITS: i32 = 8;
