import { KinesisClient } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import middy from '@middy/core';
import type { Context, S3ObjectCreatedNotificationEvent } from 'aws-lambda';
import { readSettings } from '../../lib/adapters/environment.ts';
import { connectNetworks } from '../../lib/adapters/network/connect-networks.ts';
import { KinesisEventStream } from '../../lib/adapters/stream/kinesis-event-stream.ts';
import { dropOf, networkOf } from '../../lib/adapters/uploads.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { Counters, publishing } from '../../lib/adapters/telemetry/counters.ts';
import { StreamLog } from './stream-log.ts';

// Once per cold start.
const logger = openLog();
const counters = new Counters('stream-log');
const lambda = new LambdaClient({});
const settings = readSettings(process.env);
const { sleep } = WORLD;
const stream = new KinesisEventStream({ client: new KinesisClient({}), streamName: settings.streamName, sleep });
const streamLog = new StreamLog({ ...connectNetworks(settings), ...WORLD, stream });

// Once per upload, and again if there is more to put than there is time.
async function handle(event: S3ObjectCreatedNotificationEvent, context: Context): Promise<void> {
  const drop = dropOf(event);
  const outcome = await streamLog.handle(drop, () => context.getRemainingTimeInMillis());
  if (outcome === 'failed' || outcome === 'refused') counters.note({ LogsFailed: 1 });
  logger.info('stream log', { network: networkOf(drop, 'stream_log.json'), sequencer: drop.sequencer, outcome });
  if (outcome === 'unfinished') await callAgain(event, context);
}

async function callAgain(event: S3ObjectCreatedNotificationEvent, { functionName }: Context): Promise<void> {
  const Payload = JSON.stringify(event);
  await lambda.send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload }));
}

// Called by EventBridge when a stream log is dropped into the input bucket.
export const handler = middy<S3ObjectCreatedNotificationEvent, void>()
  .use(logging(logger))
  .use(publishing(counters))
  .handler(handle);
