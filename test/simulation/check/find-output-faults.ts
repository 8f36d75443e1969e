import type { StoredObject } from '../services/simulated-s3.ts';
import { OUTPUT_BUCKET, type PutObject } from '../world/world.ts';
import type { ExpectedHistory } from './history.ts';

/** Whether the output bucket holds, in the order of its keys, the flagged purchases and the rejected lines of the histories. */
export function findOutputFaults(
  histories: readonly ExpectedHistory[],
  objects: readonly StoredObject[],
  puts: readonly PutObject[],
): string[] {
  return [
    ...histories.flatMap((history) => [...flagFaults(history, objects), ...rejectFaults(history, objects)]),
    ...strayFaults(histories, objects),
    ...changeFaults(objects, puts),
  ];
}

function flagFaults({ network, commits }: ExpectedHistory, objects: readonly StoredObject[]): string[] {
  const loads = [...new Set(commits.map(({ load }) => load))];
  return loads.flatMap((load) => {
    const prefix = `flagged/network=${network}/load=${String(load).padStart(6, '0')}/`;
    const expected = commits
      .filter((commit) => commit.load === load)
      .flatMap(({ flags }) => flags.map(({ line }) => `${line}\n`));
    return difference(prefix, expected.join(''), textUnder(objects, prefix));
  });
}

function rejectFaults({ network, commits }: ExpectedHistory, objects: readonly StoredObject[]): string[] {
  const expected = commits
    .flatMap(({ rejected }) => rejected)
    .map(({ line, record }) => rejectText([line.text, record.shard, record.sequenceNumber, line.lineNumber]));
  const written = linesUnder(objects, new RegExp(`^rejected/network=${escaped(network)}/\\d+\\.json$`)).map((line) => {
    const {
      reason,
      line: text,
      shard,
      sequence_number: number,
      line_number: place,
    } = JSON.parse(line) as WrittenReject;
    return reason === '' ? 'no reason' : rejectText([text, shard, number, place]);
  });
  return difference(`rejected lines of ${network}`, expected.join(''), written.join(''));
}

interface WrittenReject {
  readonly reason: string;
  readonly line: string;
  readonly shard: string;
  readonly sequence_number: string;
  readonly line_number: number;
}

function rejectText(parts: readonly unknown[]): string {
  return `${JSON.stringify(parts)}\n`;
}

/** Flagged purchases of a load or a network that there is none of. */
function strayFaults(histories: readonly ExpectedHistory[], objects: readonly StoredObject[]): string[] {
  const prefixes = histories.flatMap(({ network, commits }) =>
    commits.map(({ load }) => `flagged/network=${network}/load=${String(load).padStart(6, '0')}/`),
  );
  return objects
    .filter(({ key }) => key.startsWith('flagged/') && !prefixes.some((prefix) => key.startsWith(prefix)))
    .map(({ key }) => `${key} is of no network's load`);
}

/** Whoever follows the bucket must never have seen anything else than what is there in the end. */
function changeFaults(objects: readonly StoredObject[], puts: readonly PutObject[]): string[] {
  const etags = new Map(objects.map(({ key, etag }) => [key, etag]));
  return puts
    .filter(
      ({ bucket, key }) => bucket === OUTPUT_BUCKET && /^(flagged\/|rejected\/network=[^/]*\/\d+\.json)/.test(key),
    )
    .filter(({ key, etag }) => etags.get(key) !== etag)
    .map(({ key, body }) => `${key} was something else for a while: ${Buffer.from(body).toString()}`);
}

function linesUnder(objects: readonly StoredObject[], keys: RegExp): string[] {
  const texts = objects.filter(({ key }) => keys.test(key)).map(({ body }) => Buffer.from(body).toString());
  return texts
    .join('')
    .split('\n')
    .filter((line) => line !== '');
}

function textUnder(objects: readonly StoredObject[], prefix: string): string {
  return objects
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ body }) => Buffer.from(body).toString())
    .join('');
}

export function difference(what: string, expected: string, found: string): string[] {
  return expected === found
    ? []
    : [`${what}: expected\n${expected || '(nothing)'}\nbut there is\n${found || '(nothing)'}`];
}

function escaped(text: string): string {
  return text.replaceAll('.', '\\.');
}
