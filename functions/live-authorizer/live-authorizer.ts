import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { OriginCheck } from '../../lib/adapters/origin-check.ts';
import type { LiveTickets } from '../../lib/adapters/live/live-tickets.ts';

export type AuthorizerEvent = Pick<APIGatewayRequestAuthorizerEvent, 'headers' | 'methodArn' | 'queryStringParameters'>;

export interface AuthorizerOptions {
  readonly tickets: Pick<LiveTickets, 'take'>;
  /** Whether a page has come the way it has to. */
  readonly isFromFront: OriginCheck;
}

/** Lets a page connect that has a ticket, which is used up by that; any other is refused with 403. */
export async function authorize(
  { headers, methodArn, queryStringParameters }: AuthorizerEvent,
  { tickets, isFromFront }: AuthorizerOptions,
): Promise<APIGatewayAuthorizerResult> {
  const isValid = isFromFront(headers) && (await tickets.take(queryStringParameters?.['ticket']));
  const Effect = isValid ? 'Allow' : 'Deny';
  return {
    // Whose ticket it was, nobody has noted.
    principalId: 'page',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
    },
  };
}
