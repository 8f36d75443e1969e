import { JOURNAL_BUCKET, type World } from '../world/world.ts';
import type { ExpectedHistory } from './history.ts';

/** What housekeeping ought to have deleted: users of generations that are no network's, bodies that no head lists. */
export function findLeftovers(histories: readonly ExpectedHistory[], { dynamo, s3 }: World): string[] {
  const prefixes = histories.map(({ network, head }) => `${network}/${head.generation}/`);
  const users = dynamo
    .items()
    .filter(({ pk }) => pk?.S?.includes('/') === true && !pk.S.startsWith('#'))
    .filter(({ pk }) => !prefixes.some((prefix) => pk?.S?.startsWith(prefix)))
    .map(({ pk, sk }) => `${pk?.S} ${sk?.S} is of no network's generation`);
  const tokens = new Set(histories.flatMap(({ head }) => head.bodies));
  const kept = s3.objects(JOURNAL_BUCKET);
  const givenUp = kept.filter(({ key }) => key.startsWith('aws/lambda/')).map(({ key }) => `${key} is not put back`);
  const bodies = kept
    .filter(({ key }) => key.startsWith('bodies/'))
    .filter(({ key }) => !tokens.has(/-([^-]+)\.json$/.exec(key)?.[1] ?? ''))
    .map(({ key }) => `${key} is listed by no head`);
  return [...users, ...bodies, ...givenUp];
}
