import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { DIMENSION, metricOf, NAMESPACE, type Metered, type MetricName } from '../core/operations/metrics.ts';

const USUAL_PERIOD = Duration.minutes(5);

/** One of Flagstone's own metrics, as an alarm reads it. */
export function flagstoneMetric<Of extends Metered>(
  service: Of,
  name: MetricName<Of>,
  period: Duration = USUAL_PERIOD,
): Metric {
  const { statistic } = metricOf(service, name);
  const dimensionsMap = { [DIMENSION]: service };
  return new Metric({ namespace: NAMESPACE, metricName: name, dimensionsMap, statistic, period });
}

/** The same with what it counts, as a graph's legend tells it. */
export function labelledMetric<Of extends Metered>(
  service: Of,
  name: MetricName<Of>,
  period: Duration = USUAL_PERIOD,
): Metric {
  return flagstoneMetric(service, name, period).with({ label: `${service}: ${metricOf(service, name).label}` });
}
