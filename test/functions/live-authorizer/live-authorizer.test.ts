import { ConditionalCheckFailedException, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { authorize } from '../../../functions/live-authorizer/live-authorizer.ts';
import { LiveTickets } from '../../../lib/adapters/live/live-tickets.ts';
import { MemoryTicketStore } from '../../../lib/adapters/live/memory-ticket-store.ts';
import { originCheck } from '../../../lib/adapters/origin-check.ts';
import { coldStart } from '../deployed-function.ts';
import { MockedServices } from '../mocked-services.ts';

const ARN = 'arn:aws:execute-api:eu-west-1:111122223333:abcdef/live/$connect';

function eventOf(queryStringParameters: Record<string, string | undefined> | null) {
  return { type: 'REQUEST' as const, methodArn: ARN, headers: null, queryStringParameters };
}

function effectOf(answer: unknown): string {
  const { policyDocument } = answer as { policyDocument: { Statement: { Effect: string; Resource: string }[] } };
  expect(policyDocument.Statement).toMatchObject([{ Action: 'execute-api:Invoke', Resource: ARN }]);
  return policyDocument.Statement[0]!.Effect;
}

test('a page with a ticket is let in once, and one without is not', async () => {
  const tickets = new LiveTickets({ store: new MemoryTicketStore(), now: () => 0 });
  const ticket = await tickets.give();
  const effects = [];
  for (const query of [{ ticket }, { ticket }, { other: ticket }, { ticket: '' }, null]) {
    effects.push(effectOf(await authorize(eventOf(query), { tickets, isFromFront: () => true })));
  }
  expect(effects).toEqual(['Allow', 'Deny', 'Deny', 'Deny', 'Deny']);
});

test('where pages have to come through CloudFront, others are refused, and their tickets stay good', async () => {
  const tickets = new LiveTickets({ store: new MemoryTicketStore(), now: () => 0 });
  const ticket = await tickets.give();
  const isFromFront = originCheck({ ORIGIN_SECRETS: 'secret' });
  const effects = [];
  for (const headers of [null, { 'X-Flagstone-Origin': 'other' }, { 'X-Flagstone-Origin': 'secret' }]) {
    effects.push(effectOf(await authorize({ ...eventOf({ ticket }), headers }, { tickets, isFromFront })));
  }
  expect(effects).toEqual(['Deny', 'Deny', 'Allow']);
});

test('the deployed function asks its table, and writes no ticket into its log', async () => {
  const services = new MockedServices();
  services.dynamo
    .on(DeleteItemCommand)
    .resolvesOnce({})
    .rejects(new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} }));
  const { invoke, output } = await coldStart('live-authorizer');
  const ticket = 'x'.repeat(43);
  expect(effectOf(await invoke(eventOf({ ticket })))).toBe('Allow');
  expect(effectOf(await invoke(eventOf({ ticket })))).toBe('Deny');
  const asked = services.dynamo.commandCalls(DeleteItemCommand).map(({ args: [{ input }] }) => input.TableName);
  expect(asked).toEqual(['subscription-table', 'subscription-table']);
  expect(output.join('\n')).not.toContain(ticket);
});

test('a table that fails is an error, not a refusal: the page may come back with the ticket', async () => {
  const services = new MockedServices();
  services.dynamo.on(DeleteItemCommand).rejects(new Error('the table is on fire'));
  const { invoke } = await coldStart('live-authorizer');
  await expect(invoke(eventOf({ ticket: 'x'.repeat(43) }))).rejects.toThrow(/^Error \(the log of/);
});
