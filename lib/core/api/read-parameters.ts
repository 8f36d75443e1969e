import type * as z from 'zod/mini';
import { quote } from '../events/event.ts';
import { suggestion } from '../text/nearest-name.ts';

export type ReadParameters<Value> =
  | { readonly ok: true; readonly value: Value }
  /** What is wrong, what was given and what is allowed, by the parameters' names. */
  | { readonly ok: false; readonly faults: Readonly<Record<string, string>> };

type Given = Readonly<Record<string, string | undefined>>;

/** Reads the parameters of a request. */
export function readParameters<Schema extends z.ZodMiniObject>(
  schema: Schema,
  given: Given,
): ReadParameters<z.infer<Schema>> {
  const read = schema.safeParse(given);
  if (read.success) return { ok: true, value: read.data };
  const known = Object.keys(schema.shape);
  const faults = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => [name, `there is no parameter ${quote(name)}${suggestion(name, known)}`])
      : [[String(issue.path[0]), `${issue.message} (given ${quote(given[String(issue.path[0])])})`]],
  );
  return { ok: false, faults: Object.fromEntries(faults) };
}
