import type { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import type { RedriveAnswer, RedriveRequest } from '../../core/operations/redrive.ts';
import { batchOf } from '../telemetry/batch-of.ts';
import { publishing, type Counters } from '../telemetry/counters.ts';
import { logging } from '../telemetry/log.ts';

interface StreamFunction {
  readonly logger: Logger;
  readonly counters: Counters<'live-events'> | Counters<'transactions'>;
  readonly handle: (event: KinesisStreamEvent, invocation: string) => Promise<KinesisStreamBatchResponse>;
  readonly redrive: (request: RedriveRequest) => Promise<RedriveAnswer>;
}

/** A function of the stream, as it is called by its event source mapping, and by `flagstone redrive`. */
export function streamHandler({ logger, counters, handle, redrive }: StreamFunction) {
  const handleBatch = async (
    event: KinesisStreamEvent,
    { awsRequestId }: Context,
  ): Promise<KinesisStreamBatchResponse> => {
    logger.appendKeys({ batch: batchOf(event) });
    const arrived = event.Records.at(-1)?.kinesis.approximateArrivalTimestamp;
    const response = await handle(event, awsRequestId);
    if (response.batchItemFailures.length > 0) counters.note({ FailedBatches: 1 });
    else if (arrived !== undefined) counters.note({ Lag: Date.now() - arrived * 1000 });
    return response;
  };
  return middy<KinesisStreamEvent | RedriveRequest, KinesisStreamBatchResponse | RedriveAnswer>()
    .use(logging(logger))
    .use(publishing(counters))
    .handler(async (event, context) => ('redrive' in event ? redrive(event) : handleBatch(event, context)));
}
