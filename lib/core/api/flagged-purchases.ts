import * as z from 'zod/mini';
import { page, pageOf, text } from './parameters.ts';

const purchase = z.object({
  user: z.string(),
  /** YYYY-MM-DD HH:MM:SS */
  timestamp: z.string(),
  /** A decimal, exact. */
  amount: z.string(),
});

export type PurchaseAnswer = z.infer<typeof purchase>;

/** A flagged purchase as of its judgement. */
const flaggedPurchase = z.object({
  /** NETWORK/VERSION/INDEX: which commit of the network flagged it, and which of its flags it is. */
  flag_id: z.string(),
  network: z.string(),
  ...purchase.shape,
  /** Truncated to two decimals, as in the output bucket. */
  mean: z.string(),
  sd: z.string(),
  /** mean + 3·sd. */
  limit: z.string(),
  degrees: z.number(),
  tracked: z.number(),
});

export type FlaggedPurchaseAnswer = z.infer<typeof flaggedPurchase>;

/** Where the commit that flagged it came from. */
const origin = z.object({
  /** The output bucket's object that has the purchase. */
  object: z.string(),
  /** Of the invocation, as its log has it; none where a commit was made by hand. */
  request_id: z.optional(z.string()),
  /** What of the stream it covers. */
  records: z.array(z.object({ shard: z.string(), first: z.string(), last: z.string() })),
});

export type OriginAnswer = z.infer<typeof origin>;

/**
 * With its why: the purchases that it was judged against, newest first. Its origin is told as long as the object is there that
 * has it.
 */
export const explainedPurchase = z.object({
  ...flaggedPurchase.shape,
  against: z.array(purchase),
  origin: z.optional(origin),
});

export type ExplainedPurchaseAnswer = z.infer<typeof explainedPurchase>;

export const flaggedPage = pageOf(flaggedPurchase);

export const flaggedQuery = z.strictObject({ ...page, network: z.optional(text), user: z.optional(text) });

export const networkList = z.object({
  items: z.array(
    z.object({
      network: z.string(),
      degrees: z.number(),
      tracked: z.number(),
      events: z.number(),
      flagged: z.number(),
      rejected: z.number(),
    }),
  ),
});

/** A buyer's network as of now, and what their next purchase would be judged by. */
export const neighbourhood = z.object({
  network: z.string(),
  user: z.string(),
  degrees: z.number(),
  tracked: z.number(),
  /** The user first, then the nearest. */
  members: z.array(z.object({ user: z.string(), /** Friendships away from the user. */ degree: z.number() })),
  /** Pairs of places in `members`. */
  friendships: z.array(z.tuple([z.number(), z.number()])),
  /** Whether there are more members than are shown. */
  truncated: z.boolean(),
  purchases: z.array(purchase),
  /** Undefined where there are fewer than two purchases. */
  mean: z.optional(z.string()),
  sd: z.optional(z.string()),
  /** mean + 3·sd. */
  limit: z.optional(z.string()),
});

export type NeighbourhoodAnswer = z.infer<typeof neighbourhood>;
