import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

/** A process that knows of no AWS account, whatever this machine knows of. */
async function parametersOf(stack: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const args = ['--import', 'tsx', 'bin/flagstone.ts', 'parameters', `--stack=${stack}`];
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
  const stderr = text(child.stderr);
  const [code] = (await once(child, 'close')) as [number];
  return { code, stderr: await stderr };
}

const REGION = { AWS_REGION: 'eu-west-1' };
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };

test.each([
  [{}, 2, 'no AWS region is chosen; set AWS_REGION, or a region in the profile of AWS_PROFILE'],
  [
    REGION,
    2,
    'no AWS credentials: Could not load credentials from any providers; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  [
    { ...REGION, ...CREDENTIALS, AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:1' },
    1,
    'AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
  ],
])('with %j, --stack ends with %i and one line', async (env, code, message) => {
  expect(await parametersOf('Flagstone', env)).toEqual({ code, stderr: `flagstone: ${message}\n` });
});
