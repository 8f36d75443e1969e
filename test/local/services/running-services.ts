import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { startServices, type LocalServices } from '../../../lib/local/services/start-services.ts';

export interface RunningServices {
  readonly folder: string;
  readonly services: LocalServices;
  readonly faults: unknown[];
}

/** Services on free ports and a new folder for all tests of a file. Clients are made as the functions make theirs, plainly: nothing but the environment tells them of the services. */
export async function runServices(): Promise<RunningServices> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flagstone-services-'));
  const faults: unknown[] = [];
  const services = await startServices({ folder, onFault: (error) => faults.push(error) });
  tellClients(services.endpoints);
  afterAll(async () => {
    await services.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { folder, services, faults };
}

export function tellClients(endpoints: LocalServices['endpoints']): void {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_KINESIS: endpoints.kinesis,
  });
}
