import { UnreadableStateError } from '../cloud/unreadable-state-error.ts';
import { storedTransaction, type StoredTransactionAnswer } from './transactions.ts';

/** A line of the output bucket's anomalies as the API answers it. @throws UnreadableStateError */
export function readAnomaly(line: string): StoredTransactionAnswer {
  const read = storedTransaction.safeParse(parsed(line));
  if (read.success) return read.data;
  // What the schema says of the line quotes none of it.
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new UnreadableStateError('line of anomalies', faults.join('; '));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
