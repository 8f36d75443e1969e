import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

interface FunctionFailure {
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** Calls a function, waits for it, and gives what it returns. @throws Error that says how the function has failed */
export async function invokeFunction(client: Pick<LambdaClient, 'send'>, name: string): Promise<unknown> {
  const { Payload: payload, FunctionError: failure } = await client.send(new InvokeCommand({ FunctionName: name }));
  const answer: unknown = JSON.parse(Buffer.from(payload ?? 'null').toString());
  if (failure === undefined) return answer;
  const { errorType = 'Error', errorMessage = 'unknown' } = answer as FunctionFailure;
  throw new Error(`the function ${name} has failed: ${errorType}: ${errorMessage}`);
}
