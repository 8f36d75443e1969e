import * as z from 'zod/mini';
import { accept, reject, type Parsed } from '../events/event.ts';

const CONTEXT = z.object({
  functionArn: z.string(),
  condition: z.string(),
});

const RECORD = z.object({
  eventID: z.string(),
  kinesis: z.object({
    sequenceNumber: z.string(),
    approximateArrivalTimestamp: z.number(),
    data: z.string(),
  }),
});

const BATCH = z.object({
  requestContext: CONTEXT,
  KinesisBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    approximateArrivalOfFirstRecord: z.string(),
    batchSize: z.number(),
  }),
  payload: z.optional(z.string()),
});

const INVOCATION = z.object({
  requestContext: CONTEXT,
  timestamp: z.string(),
  requestPayload: z.unknown(),
});

/** A record of the stream as Lambda hands it to a function, as far as it is read here. */
export type KeptRecord = z.infer<typeof RECORD>;

/** What Lambda keeps in the journal bucket when it gives up. */
export type Failure = FailedBatch | FailedInvocation;

interface FailedBase {
  readonly functionName: string;
  /** Why Lambda has given up: `RecordAgeExceeded`, for example. */
  readonly condition: string;
  /** When the first record arrived, or the event was given up, in milliseconds since 1970. */
  readonly at: number;
}

/** Records of one shard, all that it held from the first to the last. */
export interface FailedBatch extends FailedBase {
  readonly kind: 'batch';
  readonly shard: string;
  readonly first: string;
  readonly records: readonly KeptRecord[];
}

/** An event whose caller did not wait. */
interface FailedInvocation extends FailedBase {
  readonly kind: 'invocation';
  readonly payload: unknown;
}

/** Reads an object under `aws/lambda/`. */
export function readFailure(text: string): Parsed<Failure> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return reject('it is not valid JSON');
  }
  const batch = BATCH.safeParse(document);
  if (batch.success) return readBatch(batch.data);
  const invocation = INVOCATION.safeParse(document);
  if (!invocation.success) return reject('it is nothing that Lambda keeps when it gives up');
  const { requestContext, timestamp, requestPayload: payload } = invocation.data;
  return accept({ kind: 'invocation', ...contextOf(requestContext), at: Date.parse(timestamp), payload });
}

function readBatch({ requestContext, KinesisBatchInfo: info, payload }: z.infer<typeof BATCH>): Parsed<Failure> {
  if (payload === undefined) return reject('it does not hold the records, only where they were');
  let event: unknown;
  try {
    event = JSON.parse(payload);
  } catch {
    return reject('the records in it are not valid JSON');
  }
  const records = z.object({ Records: z.array(RECORD) }).safeParse(event);
  if (!records.success) return reject('the records in it are not what Lambda hands to a function');
  if (records.data.Records.length !== info.batchSize) {
    return reject(`it holds ${records.data.Records.length} records, not the ${info.batchSize} that it tells of`);
  }
  const at = Date.parse(info.approximateArrivalOfFirstRecord);
  const { shardId: shard, startSequenceNumber: first } = info;
  return accept({ kind: 'batch', ...contextOf(requestContext), at, shard, first, records: records.data.Records });
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, perhaps with `:$LATEST` behind it. */
function contextOf({ functionArn, condition }: z.infer<typeof CONTEXT>): Pick<Failure, 'functionName' | 'condition'> {
  return { functionName: functionArn.split(':')[6] ?? functionArn, condition };
}
