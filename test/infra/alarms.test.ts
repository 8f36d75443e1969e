import { AwsSolutionsChecks } from 'cdk-nag';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { propertiesOf, sampleStack, sampleTemplate } from './sample-stack.ts';

const alarms = propertiesOf(sampleTemplate(), 'AWS::CloudWatch::Alarm');

describe('the alarms', () => {
  test('say what a user loses', () => {
    expect(alarms.length).toBeGreaterThan(20);
    for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/^[A-Z].{30,}\.$/);
  });

  test('watch the lag of the stream, records and events given up, and loads that failed', () => {
    const metrics = alarms.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
    expect(metrics).toEqual(
      expect.arrayContaining([
        'AWS/Lambda IteratorAge',
        'AWS/Lambda OnFailureDestinationDeliveredEventCount',
        'AWS/Lambda AsyncEventsDropped',
        'Flagstone LoadsFailed',
      ]),
    );
  });

  test('are mailed to nobody who has not asked for it', () => {
    expect(alarms.flatMap(({ AlarmActions = [] }) => AlarmActions)).toEqual([]);
  });

  test('are mailed to who asks for it', () => {
    const stack = sampleStack({ alarmEmail: 'ops@example.com' });
    const template = Template.fromStack(stack);
    const [subscription] = propertiesOf(template, 'AWS::SNS::Subscription');
    expect(subscription).toMatchObject({ Protocol: 'email', Endpoint: 'ops@example.com' });
    const mailed = propertiesOf(template, 'AWS::CloudWatch::Alarm');
    expect(mailed.filter(({ AlarmActions }) => AlarmActions?.[0].Ref === subscription.TopicArn.Ref)).toHaveLength(
      alarms.length,
    );
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
  });
});
