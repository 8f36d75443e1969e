import * as z from 'zod/mini';
import { parseTimestamp } from '../events/timestamp.ts';

/** What the query parameters of several routes look like. Each arrives as text. */

export const DEFAULT_LIMIT = 50;
const MOST_ITEMS = 100;

/** An integer within bounds. */
export function integer(least: number, most: number) {
  const allowed = `must be an integer from ${least} to ${most}`;
  return z.coerce.number(allowed).check(z.int(allowed), z.minimum(least, allowed), z.maximum(most, allowed));
}

/** How many items a page holds at most; it may hold fewer although more follow: then it has a cursor. */
const limit = integer(1, MOST_ITEMS).check(z.describe(`How many items at most; ${DEFAULT_LIMIT} unless given.`));

/** Where the page before ended; opaque. */
export const cursor = z
  .string()
  .check(
    z.regex(/^[\w-]{1,4096}$/, 'must be a cursor as an earlier page gave it'),
    z.describe('The `cursor` of the page before.'),
  );

export const timestamp = z.string().check(
  z.refine((text) => parseTimestamp(text) !== undefined, 'must be a real date and time as YYYY-MM-DD HH:MM:SS'),
  z.describe('YYYY-MM-DD HH:MM:SS'),
);

export const amount = z.coerce
  .number('must be a number of at least 0')
  .check(z.minimum(0, 'must be a number of at least 0'));

/** An id, or the name of a category and the like. */
export const text = z
  .string()
  .check(z.minLength(1, 'must not be empty'), z.maxLength(1024, 'must be at most 1,024 characters long'));

export function oneOf<const Names extends readonly string[]>(names: Names) {
  return z.enum(names, `must be one of ${names.join(', ')}`);
}

export const page = { limit: z.optional(limit), cursor: z.optional(cursor) } as const;

/** A page of a list: without a cursor it is the last one. */
export function pageOf<Item extends z.core.$ZodType>(item: Item) {
  return z.object({ items: z.array(item), cursor: z.optional(z.string()) });
}
