import { describe, expect, test } from 'vitest';
import { readParameters } from '../../../lib/core/api/read-parameters.ts';
import { ROUTES } from '../../../lib/core/api/routes.ts';

const read = (given: Record<string, string>) => readParameters(ROUTES.transactions.query, given);

describe('reading the parameters of a request', () => {
  test('gives them typed', () => {
    const given = { limit: '20', user: 'u1', min_amount: '12.50', from: '2026-01-31 00:00:00', sort: '-amount' };
    expect(read(given)).toEqual({ ok: true, value: { ...given, limit: 20, min_amount: 12.5 } });
  });

  test('takes none at all', () => {
    expect(read({})).toEqual({ ok: true, value: {} });
  });

  test.each([
    ['limit', '0', 'must be an integer from 1 to 100 (given "0")'],
    ['limit', '', 'must be an integer from 1 to 100 (given "")'],
    ['limit', '2.5', 'must be an integer from 1 to 100 (given "2.5")'],
    ['limit', '101', 'must be an integer from 1 to 100 (given "101")'],
    ['limit', 'many', 'must be an integer from 1 to 100 (given "many")'],
    ['cursor', 'a b', 'must be a cursor as an earlier page gave it (given "a b")'],
    ['user', '', 'must not be empty (given "")'],
    ['min_amount', '-1', 'must be a number of at least 0 (given "-1")'],
    ['max_amount', 'NaN', 'must be a number of at least 0 (given "NaN")'],
    ['to', '2026-02-30 00:00:00', 'must be a real date and time as YYYY-MM-DD HH:MM:SS (given "2026-02-30 00:00:00")'],
    ['sort', 'up', 'must be one of -timestamp, -amount, amount, -score, score (given "up")'],
    ['limt', '5', 'there is no parameter "limt" (did you mean limit?)'],
    ['__proto__x', '5', 'there is no parameter "__proto__x"'],
  ])('names %s where it is %j', (name, value, fault) => {
    expect(read({ [name]: value })).toEqual({ ok: false, faults: { [name]: fault } });
  });

  test('names all that is wrong', () => {
    const answer = read({ limit: '0', sort: 'up', nonsense: '1' });
    expect(Object.keys(answer.ok ? {} : answer.faults).toSorted()).toEqual(['limit', 'nonsense', 'sort']);
  });
});
