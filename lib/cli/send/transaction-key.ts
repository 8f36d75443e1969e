import { textOfId } from '../../core/cloud/id-text.ts';
import { detectorFor } from '../../core/events/event-types.ts';
import { parseFields } from '../../core/events/json-fields.ts';
import { readUserId } from '../../core/events/read-fields.ts';

/** The partition key of a line: the user, if it is a transaction that names one; else it goes where other events go. */
export function keyOfTransaction(line: string): string | undefined {
  const fields = parseFields(line);
  if (!fields.ok || detectorFor(fields.value) !== 'transaction') return undefined;
  const user = readUserId('user_id', fields.value);
  return user.ok ? textOfId(user.value) : undefined;
}
