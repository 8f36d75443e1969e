import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { LiveTickets } from '../../lib/adapters/live/live-tickets.ts';

export type AuthorizerEvent = Pick<APIGatewayRequestAuthorizerEvent, 'methodArn' | 'queryStringParameters'>;

/** Lets a page connect that has a ticket, which is used up by that; any other is refused with 403. */
export async function authorize(
  { methodArn, queryStringParameters }: AuthorizerEvent,
  tickets: Pick<LiveTickets, 'take'>,
): Promise<APIGatewayAuthorizerResult> {
  const isValid = await tickets.take(queryStringParameters?.['ticket']);
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
