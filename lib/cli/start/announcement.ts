import type { LocalRun } from '../../local/local-run.ts';
import type { NotEmulated } from '../../local/deploy/definitions.ts';
import type { Paint } from '../terminal/paint.ts';

export interface AnnouncementOptions {
  readonly run: LocalRun;
  readonly data: string;
  readonly paint: Paint;
}

/** What is said once everything answers. */
export function announcement({ run, data, paint }: AnnouncementOptions): string {
  const { endpoints, resources } = run.file;
  const functions = run.definitions.functions.map(({ name }) => name);
  const sections: Readonly<Record<string, readonly string[]>> = {
    Addresses: columns([
      ['dashboard', endpoints.http === undefined ? '' : `${endpoints.http}/`],
      ['API', endpoints.http === undefined ? '' : `${endpoints.http}/api/openapi.json`],
      ['series', endpoints.series ?? ''],
      ['S3', endpoints.s3],
      ['DynamoDB', endpoints.dynamodb],
      ['Kinesis', endpoints.kinesis],
      ['Lambda', endpoints.lambda ?? ''],
    ]),
    Resources: columns([
      ['input bucket', `${resources.inputBucket}: logs are dropped here`],
      [
        'output bucket',
        `${resources.outputBucket}: flagged purchases, anomalous transactions, rejected lines, reports`,
      ],
      ['journal bucket', `${resources.journalBucket}: what was committed, and what was given up`],
      ['stream', `${resources.stream}: events are put here`],
      ['tables', [resources.stateTable, resources.transactionTable, resources.profileTable].join(', ')],
      ['functions', `${functions.join(', ')}; their logs are in ${data}/logs`],
    ]),
    'Try it': tryIt(run),
    'Not emulated': [...notEmulated(run.definitions.notEmulated), NOT_EMULATED_PROPERTIES],
    ...(run.unchanged.length > 0 && { 'Not changed': run.unchanged }),
  };
  return Object.entries(sections)
    .map(([title, lines]) => `${paint('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('\n');
}

/** Ready to be pasted; with version 1 of the AWS command line as with version 2. */
function tryIt({ file: { endpoints, resources } }: LocalRun): string[] {
  const event = `{"network":"shop", "event_type":"purchase", "timestamp":"2026-01-06 12:00:00", "id": "1", "amount": "99999"}`;
  return [
    'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1',
    `aws --endpoint-url ${endpoints.s3} s3 cp events/batch_log.json s3://${resources.inputBucket}/shop/batch_log.json`,
    `echo '${event}' | aws --endpoint-url ${endpoints.kinesis} kinesis put-record --stream-name ${resources.stream} --partition-key shop --data fileb:///dev/stdin`,
    `aws --endpoint-url ${endpoints.s3} s3 ls --recursive s3://${resources.outputBucket}`,
  ];
}

const NOT_EMULATED_PROPERTIES =
  'nothing is encrypted, backed up, protected from deletion or deleted by age (properties of tables and buckets)';

/** What is instead, and of how many resources of which types. */
function notEmulated(types: readonly NotEmulated[]): string[] {
  const instead = new Map<string, string[]>();
  for (const { type, count, instead: sentence } of types) {
    const named = `${type.replace('AWS::', '')}${count > 1 ? ` ×${count}` : ''}`;
    instead.set(sentence, [...(instead.get(sentence) ?? []), named]);
  }
  return [...instead].map(([sentence, named]) => `${sentence} (${named.join(', ')})`);
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`);
}
