import { INPUT_BUCKET, JOURNAL_BUCKET, OUTPUT_BUCKET, type World } from '../world/world.ts';
import type { ExpectedHistory } from '../check/history.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { VICTIM } from './erasures.ts';

/** Whether a byte is left of what was deleted for good: it has not come back since. */
export function findErasureFaults(
  histories: readonly ExpectedHistory[],
  world: World,
  { networks }: Pick<Scenario, 'networks'>,
): string[] {
  const faults = world.dynamo
    .items()
    .filter(({ pk }) => pk?.S === '#erasures')
    .map(({ sk }) => `the removal ${sk?.S} has not come to its end`);
  const places = everything(world);
  const gone = histories.filter(({ isDeleted }) => isDeleted).map(({ network }) => network);
  for (const network of gone.filter((name) => name !== 'default')) faults.push(...findBytes(places, network));
  const isForgotten = world.erased?.every(({ network }) => {
    const history = histories.find((one) => one.network === network);
    return history === undefined || !history.state.users(1).has(VICTIM);
  });
  // Also where a network has no head: its logs may all have failed.
  const everywhere = networks.every((network) => world.erased?.some((target) => target.network === network));
  if (isForgotten === true && everywhere && world.isErasedAgain) faults.push(...findBytes(places, VICTIM));
  return faults;
}

function findBytes(places: ReadonlyMap<string, Buffer>, text: string): string[] {
  return [...places]
    .filter(([name, bytes]) => name.includes(text) || bytes.includes(text))
    .map(([name, bytes]) => `${text} is left in ${name}: ${bytes.toString().slice(0, 400)}`);
}

/** All items, objects and versions of objects, with their keys. */
function everything({ dynamo, s3 }: World): Map<string, Buffer> {
  const items = dynamo.items().map((item) => {
    const bytes = Object.values(item).map(({ S, N, B }) => Buffer.from(B ?? S ?? N ?? ''));
    return [`${item['pk']?.S} ${item['sk']?.S}`, Buffer.concat(bytes)] as const;
  });
  const objects = [INPUT_BUCKET, OUTPUT_BUCKET, JOURNAL_BUCKET].flatMap((bucket) => [
    ...s3.objects(bucket).map(({ key, body }) => [`${bucket}/${key}`, Buffer.from(body)] as const),
    ...s3.versions(bucket).map(({ key, body, id }) => [`${bucket}/${key}@${id}`, Buffer.from(body)] as const),
  ]);
  return new Map([...items, ...objects]);
}
