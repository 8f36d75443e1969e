import { readRunFile } from '../../local/run-file.ts';
import { awsSystem } from './aws-system.ts';
import { nothingRunsOn } from './nothing-runs-on.ts';
import type { System } from './system.ts';

/** The stand-ins take any credentials. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** @throws NothingRuns */
export async function findLocalSystem(data: string): Promise<System> {
  const run = await readRunFile(data);
  if (run === undefined) throw nothingRunsOn(data);
  // What the user has chosen for AWS must not reach the stand-ins, which know one region and no further kind of endpoint.
  const plain = {
    region: 'us-east-1',
    credentials: CREDENTIALS,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  };
  const { s3, kinesis, dynamodb, lambda } = run.endpoints;
  return awsSystem({
    name: `the local run on ${data}`,
    resources: run.resources,
    defaults: run.defaults,
    endpoints: { ...run.endpoints },
    series: run.endpoints.series,
    dashboard: run.endpoints.http,
    clients: {
      s3: { ...plain, endpoint: s3, forcePathStyle: true },
      kinesis: { ...plain, endpoint: kinesis },
      dynamodb: { ...plain, endpoint: dynamodb },
      lambda: { ...plain, ...(lambda !== undefined && { endpoint: lambda }) },
    },
  });
}
