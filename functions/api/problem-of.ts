import type { Problem } from '../../lib/core/api/openapi.ts';
import { NotThere, PassedBy, TooLarge, WrongMethod, WrongParameters } from './refusals.ts';

export interface Refused {
  readonly status: number;
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is answered to a request that could not be: of what went wrong on our side, nothing but where to look for it. */
export function problemOf(error: unknown, requestId: string): Refused {
  if (error instanceof WrongParameters) return refused(400, { message: error.message, fields: { ...error.fields } });
  if (error instanceof PassedBy) return refused(403, error);
  if (error instanceof NotThere) return refused(404, error);
  if (error instanceof WrongMethod) return { ...refused(405, error), headers: { allow: error.allowed } };
  if (error instanceof TooLarge) return refused(413, error);
  return refused(500, { message: `something failed on our side; our log has more of it under ${requestId}` });
}

function refused(status: number, { message, fields }: Problem['error']): Refused {
  return { status, problem: { error: { message, ...(fields && { fields }) } } };
}
