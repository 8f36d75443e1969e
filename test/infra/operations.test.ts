import { describe, expect, test } from 'vitest';
import { METRICS, metricOf, NAMESPACE, type Metered, type MetricName } from '../../lib/core/operations/metrics.ts';
import { sampleTemplate } from './sample-stack.ts';

interface Widget {
  readonly properties: {
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    /** Namespace, name, a name and a value of each dimension, options. */
    readonly metrics?: readonly (readonly (string | { readonly stat?: string })[])[];
  };
}

const template = sampleTemplate();
const dashboards = Object.entries(template.findResources('AWS::CloudWatch::Dashboard'));
const [dashboardId = '', dashboard] = dashboards[0] ?? [];
const { widgets } = bodyOf(dashboard?.['Properties'].DashboardBody);

/** What is only known after the deployment stands there as in the template. */
function bodyOf({ 'Fn::Join': [, parts] }: { 'Fn::Join': [string, unknown[]] }): { readonly widgets: Widget[] } {
  const texts = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part).replaceAll('"', "'")));
  return JSON.parse(texts.join('')) as { widgets: Widget[] };
}

/** Flagstone's own metrics on the dashboard. */
function metricsShown(): { readonly service: Metered; readonly name: MetricName<Metered>; readonly stat: string }[] {
  const shown = widgets.flatMap(({ properties: { metrics = [] } }) => metrics);
  return shown
    .filter(([namespace]) => namespace === NAMESPACE)
    .map(([, name, , service, options]) => {
      const { stat = 'Average' } = options as { stat?: string };
      return { service: service as Metered, name: name as MetricName<Metered>, stat };
    });
}

describe('the dashboard of CloudWatch', () => {
  test('has a row for each question, and is found from an output', () => {
    for (const title of ['What comes in', 'What is flagged', 'How late it is', 'What fails', 'What it costs']) {
      expect(widgets.map(({ properties }) => properties.markdown)).toContain(`## ${title}`);
    }
    const { Value } = template.findOutputs('OperationsUrl')['OperationsUrl']!;
    expect(JSON.stringify(Value)).toContain('console.aws.amazon.com/cloudwatch/home?region=');
    expect(JSON.stringify(Value)).toContain(`{"Ref":"${dashboardId}"}`);
  });

  test('fails if it lacks the state of an alarm', () => {
    const shown = widgets.flatMap(({ properties: { alarms = [] } }) => alarms);
    const alarms = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
    expect(shown.toSorted()).toEqual(alarms.map((id) => `{'Fn::GetAtt':['${id}','Arn']}`).toSorted());
  });

  test('fails if it shows a metric that no function sends, or by another statistic', () => {
    const shown = metricsShown();
    expect(shown.length).toBeGreaterThan(10);
    for (const { service, name, stat } of shown) expect(metricOf(service, name).statistic).toBe(stat);
  });

  test('fails if a metric is paid for that neither the dashboard nor an alarm reads', () => {
    const alarms = JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'));
    const unread = Object.entries(METRICS).flatMap(([service, metrics]) =>
      Object.keys(metrics).filter((name) => {
        const isShown = metricsShown().some((shown) => shown.service === service && shown.name === name);
        return !isShown && !alarms.includes(`"MetricName":"${name}"`);
      }),
    );
    expect(unread).toEqual([]);
  });
});
