import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { FunctionDefinition } from '../../../lib/local/deploy/definitions.ts';
import { LambdaFunction } from '../../../lib/local/lambda/lambda-function.ts';
import { sandboxScript } from '../../../lib/local/lambda/sandbox/script.ts';
import type { RunEvent } from '../../../lib/local/run-events.ts';

export interface TinyFunction {
  readonly lambda: LambdaFunction;
  readonly logged: string[];
  readonly told: RunEvent[];
  /** Calls it with a value; gives what it returned. */
  readonly call: (event?: unknown) => ReturnType<LambdaFunction['invoke']>;
}

const DEFINITION: Omit<FunctionDefinition, 'folder'> = {
  name: 'tiny',
  handler: 'index.handler',
  memoryMegabytes: 128,
  timeoutSeconds: 20,
  environment: {},
  reservedConcurrency: undefined,
  asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 60, failureBucket: undefined },
};

/** A function with this code, which ends with the test. */
export async function tinyFunction(code: string, changes: Partial<FunctionDefinition> = {}): Promise<TinyFunction> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flagstone-function-'));
  await writeFile(path.join(folder, 'index.mjs'), code);
  const logged: string[] = [];
  const told: RunEvent[] = [];
  const definition = { ...DEFINITION, folder, ...changes };
  const lambda = new LambdaFunction({
    definition,
    environment: { WHO: 'it is me', ...definition.environment },
    script: await sandboxScript(),
    log: (line) => logged.push(line),
    tell: (event) => told.push(event),
  });
  onTestFinished(async () => {
    await lambda.end();
    await rm(folder, { recursive: true });
  });
  let calls = 0;
  const call = (event: unknown = {}) => lambda.invoke({ requestId: `r-${calls++}`, payload: JSON.stringify(event) });
  return { lambda, logged, told, call };
}
