import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

interface FunctionFailure {
  readonly errorType?: string;
  readonly errorMessage?: string;
}

/** A function was called, and failed. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
}

export interface FunctionCall {
  readonly name: string;
  readonly event?: unknown;
}

/** Calls a function, waits for it, and gives what it returns. @throws FunctionFailed */
export async function invokeFunction(
  client: Pick<LambdaClient, 'send'>,
  { name, event }: FunctionCall,
): Promise<unknown> {
  const { Payload: payload, FunctionError: failure } = await client.send(
    new InvokeCommand({ FunctionName: name, ...(event !== undefined && { Payload: JSON.stringify(event) }) }),
  );
  const answer: unknown = JSON.parse(Buffer.from(payload ?? 'null').toString());
  if (failure === undefined) return answer;
  const { errorType = 'Error', errorMessage = 'unknown' } = answer as FunctionFailure;
  throw new FunctionFailed(`the function ${name} has failed: ${errorType}: ${errorMessage}`);
}
