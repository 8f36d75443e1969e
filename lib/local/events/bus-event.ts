import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../deploy/account.ts';
import type { ObjectCreated } from '../services/s3/object-created.ts';

/** An event on EventBridge's default bus. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export function objectCreatedOnBus({ id, time, detail }: ObjectCreated): BusEvent {
  return {
    ...from('aws.s3', 'Object Created'),
    id,
    time,
    resources: [`arn:aws:s3:::${detail.bucket.name}`],
    detail,
  };
}

export function scheduledOnBus(rule: string, now: Date): BusEvent {
  return {
    ...from('aws.events', 'Scheduled Event'),
    id: randomUUID(),
    time: `${now.toISOString().slice(0, 19)}Z`,
    resources: [`arn:aws:events:${REGION}:${ACCOUNT}:rule/${rule}`],
    detail: {},
  };
}

function from(source: string, detailType: string) {
  return { version: '0', 'detail-type': detailType, source, account: ACCOUNT, region: REGION } as const;
}
