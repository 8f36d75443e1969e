import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import type { StreamDescription } from './system.ts';

export async function describeStream(client: Pick<KinesisClient, 'send'>, name: string): Promise<StreamDescription> {
  const { StreamDescriptionSummary: summary } = await client.send(
    new DescribeStreamSummaryCommand({ StreamName: name }),
  );
  return { status: summary?.StreamStatus ?? 'unknown', shards: summary?.OpenShardCount ?? 0 };
}
