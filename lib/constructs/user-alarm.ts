import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

interface UserAlarmProps {
  readonly metric: IMetric;
  /** What a user loses when it rings: whoever is woken by it reads this first. */
  readonly userLoses: string;
  /** Rings above this value. */
  readonly above?: number;
  /** For how many periods of the metric in a row. */
  readonly periods?: number;
}

/** No data is no alarm: most metrics here are only sent when something goes wrong. */
export class UserAlarm extends Alarm {
  constructor(scope: Construct, id: string, { metric, userLoses, above = 0, periods = 1 }: UserAlarmProps) {
    super(scope, id, {
      metric,
      alarmDescription: userLoses,
      threshold: above,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** Rings when nothing was counted for so many periods in a row: here no data is the alarm. */
export class SilenceAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: Required<Omit<UserAlarmProps, 'above'>>) {
    super(scope, id, {
      metric: props.metric,
      alarmDescription: props.userLoses,
      threshold: 0,
      evaluationPeriods: props.periods,
      comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
