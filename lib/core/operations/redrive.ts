import * as z from 'zod/mini';

/** What a function of the stream is asked to put back: the batch that an object in the journal bucket keeps. */
export interface RedriveRequest {
  readonly redrive: { readonly key: string; readonly isDryRun: boolean };
}

const PART = z.object({
  /** `network shop`, `transactions`. */
  name: z.string(),
  /** Lines that are applied now; of a dry run: that would be. */
  putBack: z.number(),
  /** Lines that had been applied, before they were given up or by another redrive. */
  applied: z.number(),
  /** Lines put before what they tell of was deleted. */
  deleted: z.number(),
  /** Lines of which nobody can tell any more whether they are applied. They are left alone. */
  unknown: z.number(),
  /** Why none of it could be put back; another time it may go well. */
  failure: z.optional(z.string()),
});

const ANSWER = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('read'), parts: z.array(PART) }),
  /** Somebody else has put it back, and removed the object. */
  z.object({ outcome: z.literal('gone') }),
  z.object({ outcome: z.literal('refused'), reason: z.string() }),
]);

export type RedrivenPart = Readonly<z.infer<typeof PART>>;

/** What became of a batch. */
export type RedriveAnswer = Readonly<z.infer<typeof ANSWER>>;

/** @throws Error for anything else than such an answer */
export function readRedriveAnswer(value: unknown): RedriveAnswer {
  return z.parse(ANSWER, value);
}

export const NOTHING_REDRIVEN = { putBack: 0, applied: 0, deleted: 0, unknown: 0 } as const;
