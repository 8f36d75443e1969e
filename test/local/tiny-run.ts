import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { localClients, type Clients } from '../../lib/local/clients.ts';
import type { Template } from '../../lib/local/deploy/template.ts';
import { startLocalRun, type LocalRun, type RunPorts } from '../../lib/local/local-run.ts';
import type { RunEvent } from '../../lib/local/run-events.ts';
import { tinyStack } from './deploy/tiny-stack.ts';

/**
 * Writes what it is called with into the output bucket. Without a library: this is no bundle.
 * An object named bad….txt fails it; one named self….txt makes it call itself.
 */
const HANDLER = `
const put = (key, body) => fetch(process.env.AWS_ENDPOINT_URL_S3 + '/' + process.env.OUTPUT_BUCKET + '/' + key, { method: 'PUT', body });
const invokeItself = (payload) => fetch(
  process.env.AWS_ENDPOINT_URL_LAMBDA + '/2015-03-31/functions/' + process.env.AWS_LAMBDA_FUNCTION_NAME + '/invocations',
  { method: 'POST', headers: { 'x-amz-invocation-type': 'Event' }, body: JSON.stringify(payload) });

export const handler = async (event, context) => {
  for (const { kinesis } of event.Records ?? []) {
    await put('records/' + kinesis.partitionKey + '/' + kinesis.sequenceNumber, Buffer.from(kinesis.data, 'base64'));
  }
  const key = event.detail?.object?.key;
  if (key?.startsWith('bad')) throw new Error('I do not like ' + key);
  if (key?.startsWith('self')) await invokeItself({ greeting: 'hello from ' + key });
  if (key) await put('seen/' + key, JSON.stringify(event));
  if (event.greeting) await put('greetings/' + context.awsRequestId, event.greeting);
  return { batchItemFailures: [], echo: event.echo };
};`;

export interface TinyRun {
  readonly run: LocalRun;
  readonly clients: Clients;
  readonly told: RunEvent[];
  readonly stopWishes: () => number;
}

export interface TinyRunOptions {
  readonly template?: Template;
  readonly ports?: RunPorts;
}

const ANY_PORTS: RunPorts = { front: 0, s3: 0, dynamodb: 0, kinesis: 0, lambda: 0 };

/** A local run of a stack with one function, which ends with the test. */
export async function tinyRun(
  data: string,
  { template = tinyStack(), ports = ANY_PORTS }: TinyRunOptions = {},
): Promise<TinyRun> {
  const code = path.join(data, 'code');
  await mkdir(code, { recursive: true });
  await writeFile(path.join(code, 'index.mjs'), HANDLER);
  const told: RunEvent[] = [];
  let stopWishes = 0;
  const run = await startLocalRun({
    data,
    ports,
    stack: async () => ({ template, assets: new Map([['code.zip', code]]) }),
    site: path.join(data, 'site'),
    tell: (event) => told.push(event),
    onStopWished: () => stopWishes++,
  });
  const clients = localClients(run.file.endpoints);
  onTestFinished(async () => {
    Object.values(clients).forEach((client) => client.destroy());
    await run.stop();
  });
  return { run, clients, told, stopWishes: () => stopWishes };
}
