import { describe, expect, test } from 'vitest';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate({ keptPurchases: 80, flushEvery: 3, logRetentionDays: 7 });
const functions = Object.entries(template.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => {
  return { id, properties: Properties };
});
const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');

/** Its caller waits for its answer, and so learns of a failure. */
const SYNCHRONOUS = /^(?:Api|DashboardFiles|LiveAuthorizer|LiveUpdates|Series)/;

describe.each(functions)('$id', ({ id, properties }) => {
  test('runs on the version of Node that it is bundled for', () => {
    expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  test('is told the settings', () => {
    const told = { DEFAULT_DEGREES: '2', DEFAULT_TRACKED: '50', KEPT_PURCHASES: '80', FLUSH_EVERY: '3' };
    expect(properties.Environment.Variables).toMatchObject(told);
  });

  test('writes a log of its own, which is not kept for ever', () => {
    const log = properties.LoggingConfig.LogGroup.Ref;
    expect(template.findResources('AWS::Logs::LogGroup')[log]).toMatchObject({ Properties: { RetentionInDays: 7 } });
    expect(functions.filter((other) => other.properties.LoggingConfig.LogGroup.Ref === log)).toHaveLength(1);
  });

  test.skipIf(SYNCHRONOUS.test(id))('keeps what it fails on in the journal bucket', () => {
    const triggers = ['AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping'];
    const settings = triggers.flatMap((type) => propertiesOf(template, type));
    const journal = { 'Fn::GetAtt': [expect.stringMatching(/^Journal/), 'Arn'] };
    expect(settings.filter(({ FunctionName }) => FunctionName.Ref === id)).toMatchObject([
      { DestinationConfig: { OnFailure: { Destination: journal } } },
    ]);
  });

  test.skipIf(SYNCHRONOUS.test(id))('rings an alarm when it cannot keep what it failed on', () => {
    const watched = alarms.filter(({ Dimensions }) => Dimensions?.[0].Value?.Ref === id);
    expect(watched.map(({ MetricName }) => MetricName)).toContain('DestinationDeliveryFailures');
  });

  test('has Lambda write only of what goes wrong: its two lines a call would be most of the log', () => {
    expect(properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
  });
});

test.each(['batch_log.json', 'stream_log.json'])('%s is waited for in all networks, plain or zipped', (file) => {
  const patterns = propertiesOf(template, 'AWS::Events::Rule').map(({ EventPattern }) => EventPattern);
  expect(patterns).toContainEqual({
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: {
      bucket: { name: [{ Ref: expect.stringMatching(/^Input/) }] },
      object: { key: [file, `${file}.gz`, { suffix: `/${file}` }, { suffix: `/${file}.gz` }] },
    },
  });
});
