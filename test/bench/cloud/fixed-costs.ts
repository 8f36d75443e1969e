import type { Template } from 'aws-cdk-lib/assertions';
import { METRICS, type Metered } from '../../../lib/core/operations/metrics.ts';
import { propertiesOf } from '../../infra/sample-stack.ts';
import { PRICES } from './prices.ts';

/** Those that Lambda sends for a mapping: polled, invoked, filtered out, failed, dropped, and given up on. By estimate. */
const METRICS_PER_MAPPING = 6;

/** A month, in dollars, by what is in use. */
export type FixedCosts = Readonly<Record<keyof typeof SENDING, number>>;

/** The functions whose metrics are sent where only one detector is in use; metrics that are never sent cost nothing. */
const SENDING = {
  network: ['live-events', 'batch-log', 'stream-log', 'live-publisher', 'housekeeping'],
  transactions: ['transactions', 'live-publisher', 'housekeeping'],
  series: ['series', 'live-publisher', 'housekeeping'],
} as const satisfies Readonly<Record<string, readonly Metered[]>>;

/** What the stack costs a month with hardly anything coming in: its alarms, its dashboard and the metrics. */
export function fixedCosts(template: Template): FixedCosts {
  const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsRead(alarm), 0);
  const mappings = Object.keys(template.findResources('AWS::Lambda::EventSourceMapping')).length;
  const dashboards = Object.keys(template.findResources('AWS::CloudWatch::Dashboard')).length;
  const ofStack =
    alarms * PRICES.cloudWatchAlarm +
    mappings * METRICS_PER_MAPPING * PRICES.cloudWatchMetric +
    dashboards * PRICES.cloudWatchDashboard;
  const withOwn = (services: readonly Metered[]): number =>
    ofStack + services.flatMap((service) => Object.keys(METRICS[service])).length * PRICES.cloudWatchMetric;
  const { network, transactions, series } = SENDING;
  return { network: withOwn(network), transactions: withOwn(transactions), series: withOwn(series) };
}

/** AWS charges an alarm for each metric that it reads. */
function metricsRead({ Metrics = [] }: { readonly Metrics?: readonly { readonly MetricStat?: object }[] }): number {
  return Math.max(1, Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length);
}
