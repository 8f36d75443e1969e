import { expect, test } from 'vitest';
import { answerTransaction } from '../../../lib/core/api/answer-transaction.ts';
import { readAnomaly } from '../../../lib/core/api/read-anomaly.ts';
import { outputsOf } from '../../../lib/core/transactions-cloud/output-objects.ts';
import { storedIn } from '../../../lib/core/transactions-cloud/user-head.ts';
import { committed, lineOf } from '../transactions-cloud/sample-transactions.ts';

test('an anomaly in the output bucket is read as the API answers it', () => {
  const head = committed(lineOf('id-1', {}, { amount: '1000.50', device: 'phone \ud83d', merchant: 'ü' }));
  const [stored] = storedIn(head.commit!);
  expect(stored!.judgement).toMatchObject({ isAnomaly: true, severity: 'high', reasons: [{ kind: 'amount' }] });
  const [object] = outputsOf(head);
  expect(readAnomaly(object!.text)).toEqual(answerTransaction(stored!));
});

test.each([
  ['{"user_id":"secret-user","amount":', /^the stored line of anomalies cannot be read: /],
  ['{"user_id":"secret-user"}', /^the stored line of anomalies cannot be read: transaction_id: /],
])('a line that is none is refused, and not quoted: %s', (line, message) => {
  expect(() => readAnomaly(line)).toThrow(message);
  expect(() => readAnomaly(line)).not.toThrow(/secret/);
});
