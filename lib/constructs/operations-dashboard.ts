import { Aws } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Dashboard,
  GraphWidget,
  TextWidget,
  TextWidgetBackground,
  type Alarm,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Graphs beside each other, by what each shows. */
export interface DashboardRow {
  readonly title: string;
  readonly graphs: Readonly<Record<string, readonly IMetric[]>>;
}

interface OperationsDashboardProps {
  readonly alarms: readonly Alarm[];
  readonly rows: readonly DashboardRow[];
}

/** As CloudWatch divides a row. */
const COLUMNS = 24;
/** As many as one widget takes. */
const ALARMS_PER_WIDGET = 100;

/** A page of CloudWatch: the alarms, then row by row what is worth a glance. */
export class OperationsDashboard extends Dashboard {
  /** Where it is in the AWS console. */
  readonly url: string;

  constructor(scope: Construct, id: string, { alarms, rows }: OperationsDashboardProps) {
    super(scope, id, { widgets: [...alarmWidgets(alarms), ...rows.flatMap(rowWidgets)] });
    this.url = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards/dashboard/${this.dashboardName}`;
  }
}

function alarmWidgets(alarms: readonly Alarm[]): IWidget[][] {
  const widgets: IWidget[][] = [];
  for (let first = 0; first < alarms.length; first += ALARMS_PER_WIDGET) {
    const shown = alarms.slice(first, first + ALARMS_PER_WIDGET);
    const title = 'Alarms: each says what a user loses while it rings';
    const sortBy = AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP;
    widgets.push([new AlarmStatusWidget({ title, alarms: shown, sortBy, width: COLUMNS, height: 8 })]);
  }
  return widgets;
}

function rowWidgets({ title, graphs }: DashboardRow): IWidget[][] {
  const heading = new TextWidget({
    markdown: `## ${title}`,
    width: COLUMNS,
    height: 1,
    background: TextWidgetBackground.TRANSPARENT,
  });
  const shown = Object.entries(graphs);
  const width = Math.floor(COLUMNS / shown.length);
  return [[heading], shown.map(([what, left]) => new GraphWidget({ title: what, left: [...left], width, height: 6 }))];
}
