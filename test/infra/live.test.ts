import { describe, expect, test } from 'vitest';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate({ liveMessagesPerSecond: 30, seriesDays: 3 });
const stage = propertiesOf(template, 'AWS::ApiGatewayV2::Stage').find(({ StageName }) => StageName === 'live')!;
const functions = propertiesOf(template, 'AWS::Lambda::Function');

function variablesOf(service: string): Record<string, unknown> {
  const isMeant = ({ Environment }: (typeof functions)[number]): boolean =>
    Environment.Variables.POWERTOOLS_SERVICE_NAME === service;
  return functions.find(isMeant)!.Environment.Variables;
}

function statementsOf(role: RegExp): { Action: string; Resource: unknown }[] {
  return propertiesOf(template, 'AWS::IAM::Policy')
    .filter(({ Roles }) => role.test(Roles[0].Ref))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

describe('the WebSocket API of the pages', () => {
  test('bounds how much it lets through', () => {
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 30, ThrottlingBurstLimit: 60 });
  });

  test('tells both functions where its connections are', () => {
    for (const service of ['live-updates', 'live-publisher']) {
      expect(JSON.stringify(variablesOf(service)['LIVE_CALLBACK_URL'])).toMatch(/https:.*execute-api.*live/);
    }
    expect(variablesOf('live-updates')['SERIES_DAYS']).toBe('3');
  });

  test.each([/^LiveUpdates/, /^LivePublisher/])('lets %s send, and close nothing', (role) => {
    const rights = statementsOf(role).filter(({ Action }) => Action === 'execute-api:ManageConnections');
    expect(rights).toHaveLength(1);
    expect(JSON.stringify(rights[0]!.Resource)).toMatch(/"Ref":"LiveApi\w+"\},"\/live\/POST\/@connections\/\*"/);
  });
});

describe('the publisher', () => {
  test('is called when something is flagged', () => {
    const patterns = propertiesOf(template, 'AWS::Events::Rule').map(({ EventPattern }) => EventPattern);
    expect(patterns).toContainEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: [{ Ref: expect.stringMatching(/^Output/) }] },
        object: { key: [{ prefix: 'flagged/' }, { prefix: 'anomalies/' }] },
      },
    });
  });

  test('can be called by the function of the series, which knows its name', () => {
    const name = variablesOf('series')['LIVE_PUBLISHER'];
    expect(name).toEqual({ Ref: expect.stringMatching(/^LivePublisher/) });
    const right = statementsOf(/^Series/).find(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(right!.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^LivePublisher/), 'Arn'] });
  });

  test('writes nothing but subscriptions, its log, and what it failed on', () => {
    const writes = statementsOf(/^LivePublisher/).filter(({ Action }) => /Put|Write|Update|Delete/.test(Action));
    const resources = writes.map(({ Resource }) => JSON.stringify(Resource));
    expect(resources.filter((resource) => !resource.includes('Subscriptions'))).toEqual([
      expect.stringContaining('LivePublisherLog'),
      expect.stringContaining('/aws/lambda/*'),
    ]);
  });
});

test('subscriptions go by themselves', () => {
  const tables = Object.entries(template.findResources('AWS::DynamoDB::Table'));
  const [, table] = tables.find(([id]) => id.startsWith('Subscriptions'))!;
  expect(table['Properties'].TimeToLiveSpecification).toEqual({ AttributeName: 'x', Enabled: true });
});
