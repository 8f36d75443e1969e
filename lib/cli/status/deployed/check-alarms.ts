import { paginateDescribeAlarms, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { Component } from '../../../local/status.ts';
import { counted } from '../../terminal/numbers.ts';
import { bad, checkedAll, good } from '../check.ts';

/** The stack's alarms that ring, each with what a user loses. */
export function checkAlarms(names: readonly string[], client: CloudWatchClient): Promise<Component[]> {
  return checkedAll('alarms', async () => {
    const own = new Set(names);
    const ringing: Component[] = [];
    for await (const page of paginateDescribeAlarms({ client }, { StateValue: 'ALARM', AlarmTypes: ['MetricAlarm'] })) {
      for (const { AlarmName: name = '', AlarmDescription: sentence = '' } of page.MetricAlarms ?? []) {
        if (own.has(name)) ringing.push({ name: `alarm ${name}`, ...bad(sentence) });
      }
    }
    if (ringing.length > 0) return ringing;
    return [{ name: 'alarms', ...good(`none of ${counted(own.size, 'alarm')} rings`) }];
  });
}
