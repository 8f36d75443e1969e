import { AwsSolutionsChecks } from 'cdk-nag';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { METRICS, NAMESPACE } from '../../lib/core/operations/metrics.ts';
import { fixedCosts } from '../bench/cloud/fixed-costs.ts';
import { propertiesOf, sampleStack, sampleTemplate } from './sample-stack.ts';

interface AlarmProperties extends Record<string, unknown> {
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly { readonly Ref: string }[];
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly Period?: number;
}

interface MetricInAlarm {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Statistic?: string;
}

const template = sampleTemplate();
const alarms = alarmsIn(template);

function alarmsIn(of: Template): AlarmProperties[] {
  return propertiesOf(of, 'AWS::CloudWatch::Alarm');
}

/** The metrics that an alarm reads: its own, or those of its expression. */
function metricsOf(alarm: AlarmProperties): MetricInAlarm[] {
  const several = (alarm['Metrics'] ?? []) as readonly { readonly MetricStat?: { readonly Metric: MetricInAlarm } }[];
  return [alarm as MetricInAlarm, ...several.map(({ MetricStat }) => MetricStat?.Metric ?? {})].filter(
    ({ MetricName }) => MetricName !== undefined,
  );
}

/** Whether an alarm reads a metric of what the template calls so. */
function isOn(alarm: AlarmProperties, metric: string, logicalId: string): boolean {
  return metricsOf(alarm).some(
    ({ MetricName, Dimensions = [] }) =>
      MetricName === metric && Dimensions.some(({ Value }) => JSON.stringify(Value).includes(`"${logicalId}"`)),
  );
}

function watched(metric: string, logicalId: string): number {
  return alarms.filter((alarm) => isOn(alarm, metric, logicalId)).length;
}

function idsOf(type: string): string[] {
  return Object.keys(template.findResources(type));
}

describe('the alarms', () => {
  test('say what a user loses', () => {
    expect(alarms.length).toBeGreaterThan(20);
    for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/^[A-Z].{30,}\.$/);
  });

  test('fails if a function has no alarm, or two, on its errors or on being throttled', () => {
    for (const id of idsOf('AWS::Lambda::Function')) {
      expect([id, watched('Errors', id), watched('Throttles', id)]).toEqual([id, 1, 1]);
    }
  });

  test('fails if a table has no alarm on being throttled', () => {
    for (const id of idsOf('AWS::DynamoDB::Table')) {
      expect([id, watched('ReadThrottleEvents', id), watched('WriteThrottleEvents', id)]).toEqual([id, 1, 1]);
    }
  });

  test('fails if a mapping of the stream has no alarm on its lag, on what it gave up on, or on batches that come again', () => {
    const mappings = Object.entries(template.findResources('AWS::Lambda::EventSourceMapping'));
    expect(mappings).toHaveLength(2);
    for (const [id, { Properties }] of mappings) {
      const target: string = Properties.FunctionName.Ref;
      expect([watched('IteratorAge', target), watched('OnFailureDestinationDeliveredEventCount', id)]).toEqual([1, 1]);
      const errors = alarms.find((alarm) => isOn(alarm, 'Errors', target));
      expect(metricsOf(errors!).map(({ MetricName }) => MetricName)).toContain('FailedBatches');
    }
  });

  test('fails if a function that is called asynchronously may drop an event unseen', () => {
    for (const { FunctionName } of propertiesOf(template, 'AWS::Lambda::EventInvokeConfig')) {
      expect(watched('AsyncEventsDropped', FunctionName.Ref)).toBe(1);
    }
  });

  test('fails if a call that nearly took its time is not told before one takes it all', () => {
    const near = alarms.filter((alarm) => metricsOf(alarm)[0]?.MetricName === 'Duration');
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const watchedFunctions = functions.filter(([id]) => near.some((alarm) => isOn(alarm, 'Duration', id)));
    expect(watchedFunctions).toHaveLength(near.length);
    for (const [id, { Properties }] of watchedFunctions) {
      const alarm = near.find((each) => isOn(each, 'Duration', id));
      expect(alarm).toMatchObject({ Threshold: 800 * Properties.Timeout, Statistic: 'Maximum' });
    }
    const names = watchedFunctions.map(
      ([, { Properties }]) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
    );
    expect(names).toEqual(expect.arrayContaining(['live-events', 'transactions', 'batch-log', 'train', 'series']));
  });

  test('watch the share of rejected lines over both functions that read the stream', () => {
    const alarm = alarms.find(({ AlarmDescription }) => AlarmDescription.includes('rejected, so some producer'));
    expect(alarm).toMatchObject({ Threshold: 5, EvaluationPeriods: 3 });
    expect(
      metricsOf(alarm!).map(({ MetricName, Dimensions }) => `${String(Dimensions?.[0]?.Value)} ${MetricName}`),
    ).toEqual(['live-events Events', 'transactions Transactions', 'live-events Rejected', 'transactions Rejected']);
  });

  test('go on ringing while something that was given up on waits', () => {
    const alarm = alarms.find((each) => each['MetricName'] === 'FailuresKept');
    expect(alarm).toMatchObject({ Threshold: 0, EvaluationPeriods: 1, Period: 3600, Statistic: 'Maximum' });
  });

  test('ring for an old model after three trainings that should have replaced it', () => {
    const alarm = alarmsIn(sampleTemplate({ trainEveryHours: 6 })).find((each) => each['MetricName'] === 'ModelAge');
    expect(alarm).toMatchObject({ Threshold: 3 * 6 * 3600 });
  });

  test('ring for silence where that is asked for, and then no data is the alarm', () => {
    const isSilence = ({ TreatMissingData }: AlarmProperties): boolean => TreatMissingData === 'breaching';
    expect(alarms.filter(isSilence)).toEqual([]);
    const [silence, ...others] = alarmsIn(sampleTemplate({ silenceHours: 12 })).filter(isSilence);
    expect(others).toEqual([]);
    expect(silence).toMatchObject({ MetricName: 'IncomingRecords', Period: 3600, EvaluationPeriods: 12, Threshold: 0 });
    expect(silence?.AlarmDescription).toContain('for 12 hours');
  });

  test('fails if two alarms ring for the same', () => {
    const rules = alarms.map(({ Threshold, ...alarm }) =>
      JSON.stringify([Threshold, alarm['Metrics'] ?? [alarm['Namespace'], alarm['MetricName'], alarm['Dimensions']]]),
    );
    expect(new Set(rules).size).toBe(rules.length);
  });

  test('fails if one reads a metric that no function sends, or by another dimension or statistic', () => {
    const own = alarms.flatMap(metricsOf).filter(({ Namespace }) => Namespace === NAMESPACE);
    expect(own.length).toBeGreaterThan(5);
    for (const { MetricName = '', Dimensions = [] } of own) {
      expect(Dimensions.map(({ Name }) => Name)).toEqual(['service']);
      expect(METRICS).toHaveProperty([String(Dimensions[0]?.Value), MetricName]);
    }
  });

  test('cost, with the metrics and the dashboard, less than $30 a month', () => {
    for (const dollars of Object.values(fixedCosts(template))) {
      expect(dollars).toBeGreaterThan(alarms.length / 10);
      expect(dollars).toBeLessThan(30);
    }
  });

  test('are mailed to nobody who has not asked for it', () => {
    expect(alarms.flatMap(({ AlarmActions = [] }) => AlarmActions)).toEqual([]);
  });

  test('are mailed to who asks for it', () => {
    const stack = sampleStack({ alarmEmail: 'ops@example.com' });
    const mailing = Template.fromStack(stack);
    const [subscription] = propertiesOf(mailing, 'AWS::SNS::Subscription');
    expect(subscription).toMatchObject({ Protocol: 'email', Endpoint: 'ops@example.com' });
    const mailed = alarmsIn(mailing).filter(({ AlarmActions }) => AlarmActions?.[0]?.Ref === subscription.TopicArn.Ref);
    expect(mailed).toHaveLength(alarms.length);
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
  });
});
