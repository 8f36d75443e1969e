import type { MappingDefinition } from '../../../../lib/local/deploy/definitions.ts';

export const A_MAPPING: MappingDefinition = {
  name: 'mapping',
  functionName: 'worker',
  streamName: 'events',
  enabled: true,
  batchSize: 4,
  batchingWindowSeconds: 0,
  reportsBatchItemFailures: true,
  bisectsOnError: false,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  failureBucket: 'journal',
};
