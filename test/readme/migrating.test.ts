import { build } from 'esbuild';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Construct } from 'constructs';
import { afterAll, describe, expect, test } from 'vitest';
import { parseTransaction } from '../../lib/core/index.ts';
import { blocksOf, ROOT } from './readme-text.ts';

const STREAM_ARN = 'arn:aws:kinesis:eu-west-1:123456789012:stream/events';

/** As somebody else's system puts it on a bus. */
const PAYMENT = {
  id: 'p-1',
  customer: 'u"1',
  total: 16.83,
  paid_at: '2026-11-21T10:00:00',
  country: 'DE',
  'shop.category': 'groceries',
  method: 'card',
};

const CACHE = path.join(ROOT, 'node_modules/.cache/flagstone-tests');
mkdirSync(CACHE, { recursive: true });
const folder = mkdtempSync(path.join(CACHE, 'migrating-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Target {
  readonly Arn: string;
  readonly KinesisParameters: object;
  readonly InputTransformer: {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/** The rule of the README, in a stack of somebody else's. */
async function target(): Promise<Target> {
  const example = blocksOf('ts').find((text) => text.includes('aws-cdk-lib'));
  if (example === undefined) throw new Error('the README has no rule');
  const entry = path.join(folder, 'rule.ts');
  const outfile = path.join(folder, 'rule.mjs');
  writeFileSync(entry, example);
  await build({ entryPoints: [entry], outfile, bundle: true, packages: 'external', format: 'esm', platform: 'node' });
  const { judgePayments } = (await import(outfile)) as { judgePayments: (scope: Construct, arn: string) => object };
  const stack = new Stack(new App({ analyticsReporting: false }), 'Theirs');
  judgePayments(stack, STREAM_ARN);
  const rules = Template.fromStack(stack).findResources('AWS::Events::Rule');
  const targets = Object.values(rules).flatMap(({ Properties }) => (Properties as { Targets: Target[] }).Targets);
  return targets[0]!;
}

/** What EventBridge makes of an event: strings are put in with their quotation marks, numbers as they are. */
function transformed({ InputPathsMap: paths, InputTemplate: template }: Target['InputTransformer']): string {
  return Object.entries(paths).reduce((text, [name, place]) => {
    const value = PAYMENT[place.replace('$.detail.', '') as keyof typeof PAYMENT];
    return text.replaceAll(`<${name}>`, JSON.stringify(value));
  }, template);
}

describe('the rule on EventBridge', () => {
  test('puts each event under its user, as a transaction that can be read', async () => {
    const { Arn, KinesisParameters, InputTransformer } = await target();
    expect([Arn, KinesisParameters]).toEqual([STREAM_ARN, { PartitionKeyPath: '$.detail.customer' }]);
    expect(parseTransaction(transformed(InputTransformer))).toMatchObject({
      ok: true,
      value: { id: 'p-1', user: 'u"1', amount: 16_830_000n, location: 'DE', merchantCategory: 'groceries' },
    });
  });
});

/** What the connector for Kinesis reads, by its source; and what every connector has. */
const KNOWN = new Set(
  (
    'name connector.class tasks.max topics key.converter value.converter region streamName maxBufferedTime maxConnections ' +
    'rateLimit ttl metricsLevel metricsGranuality metricsNameSpace aggregration usePartitionAsHashKey flushSync ' +
    'singleKinesisProducerPerPartition pauseConsumption outstandingRecordsThreshold sleepPeriod sleepCycles'
  ).split(' '),
);

test('the connector for Kafka is told of nothing that it does not know, and not to pack records', () => {
  const [text = ''] = blocksOf('properties');
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const settings = Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
  expect(Object.keys(settings).filter((name) => !KNOWN.has(name))).toEqual([]);
  expect(settings).toMatchObject({
    'connector.class': 'com.amazon.kinesis.kafka.AmazonKinesisSinkConnector',
    'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
    streamName: 'STREAM',
    aggregration: 'false',
  });
});
