import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { signWithAws, type SignUrl } from '../../client/sign-with-aws.ts';

/** Elsewhere nobody asks for credentials: in the local run, or where another server stands in front. */
const API_OF_AWS = /^[\w-]+\.execute-api\.([\w-]+)\.amazonaws\.com(?:\.cn)?$/;

/**
 * What signs the connections to an address with the user's own AWS credentials, found as every program of AWS finds them;
 * undefined where none are asked for. Looks for them at once, so that who has none is told before anything is read.
 */
export async function findSigner(url: string, config: LambdaClientConfig = {}): Promise<SignUrl | undefined> {
  const [, region] = API_OF_AWS.exec(new URL(url).hostname) ?? [];
  if (region === undefined) return undefined;
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  // Of any client: each has the same chain, which renews what ends.
  const { credentials } = new LambdaClient({ ...config, region }).config;
  await credentials();
  return signWithAws({ region, credentials });
}
