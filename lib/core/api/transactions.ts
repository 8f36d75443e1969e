import * as z from 'zod/mini';
import { amount, oneOf, page, pageOf, text, timestamp } from './parameters.ts';

const SEVERITIES = ['high', 'medium', 'low'] as const;

const severity = oneOf(SEVERITIES);

const reason = z.object({
  kind: z.enum(['amount', 'hour', 'category', 'location', 'payment_method', 'recent', 'combination']),
  /** A sentence for an analyst, with the numbers. */
  text: z.string(),
});

/** A transaction with what was found about it. */
export const storedTransaction = z.object({
  transaction_id: z.string(),
  user_id: z.string(),
  /** A decimal, as exact as it came. */
  amount: z.string(),
  timestamp: z.string(),
  location: z.string(),
  merchant_category: z.string(),
  payment_method: z.string(),
  device: z.optional(z.string()),
  merchant: z.optional(z.string()),
  anomaly_score: z.number(),
  is_anomaly: z.boolean(),
  severity: z.optional(severity),
  reasons: z.array(reason),
  /** ISO 8601, in UTC. */
  detection_time: z.string(),
});

export type StoredTransactionAnswer = z.infer<typeof storedTransaction>;

export const transactionPage = pageOf(storedTransaction);

const filters = {
  user: z.optional(text),
  category: z.optional(text),
  location: z.optional(text),
  method: z.optional(text),
  min_amount: z.optional(amount),
  max_amount: z.optional(amount),
  from: z.optional(timestamp),
  to: z.optional(timestamp),
} as const;

export const ORDERS = ['-timestamp', '-amount', 'amount', '-score', 'score'] as const;

const sort = z.optional(
  oneOf(ORDERS).check(
    z.describe(
      '`-` is the falling order. By time is the order of the list; by amount or score, each page is sorted in itself.',
    ),
  ),
);

export const transactionQuery = z.strictObject({ ...page, ...filters, sort });

export const anomalyQuery = z.strictObject({ ...page, ...filters, severity: z.optional(severity), sort });

const share = z.object({ name: z.string(), /** Of the user's transactions, from 0 to 1. */ share: z.number() });

/** What is usual for a user. Amounts are numbers: they are statistics, not money. */
const userProfile = z.object({
  /** Transactions learnt. */
  learnt: z.number(),
  /** How many of them still count, the older ones less. */
  weight: z.number(),
  amounts: z.object({
    /** Their geometric mean, 0 without any; two thirds of them are between typical ÷ spread and typical × spread. */
    typical: z.number(),
    spread: z.number(),
    /** By their names: p05, p25, p50, p75, p95. */
    quantiles: z.record(z.string(), z.number()),
  }),
  /** The share of each hour of the day, 0 to 23. */
  hours: z.array(z.number()),
  categories: z.array(share),
  locations: z.array(share),
  payment_methods: z.array(share),
});

export type UserProfileAnswer = z.infer<typeof userProfile>;

export const userAnswer = z.object({
  user_id: z.string(),
  transactions: z.number(),
  anomalies: z.number(),
  profile: userProfile,
  /** The latest transactions, newest first. */
  recent: z.array(storedTransaction),
});

export type UserAnswer = z.infer<typeof userAnswer>;
