import { describe, expect, test } from 'vitest';
import { define } from '../../../lib/local/deploy/define.ts';
import type { Template } from '../../../lib/local/deploy/template.ts';
import { tinyStack } from './tiny-stack.ts';

const FOLDERS = new Map([['code.zip', '/code']]);

interface ApiOptions {
  readonly stage?: Readonly<Record<string, unknown>>;
  readonly integration?: Readonly<Record<string, unknown>>;
  readonly route?: Readonly<Record<string, unknown>>;
}

function stackWithApi({ stage, integration, route }: ApiOptions = {}): Template {
  const api = { ApiId: { Ref: 'Api' } };
  return tinyStack({
    resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Api', ProtocolType: 'HTTP' } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ...api, StageName: '$default', AutoDeploy: true, ...stage },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ...api,
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: { 'Fn::GetAtt': ['Worker', 'Arn'] },
          PayloadFormatVersion: '2.0',
          ...integration,
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ...api,
          RouteKey: 'GET /api/things/{id}',
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
          ...route,
        },
      },
    },
  });
}

describe('an HTTP API of a template', () => {
  test('is read with its routes', () => {
    const { http, sockets } = define(stackWithApi(), FOLDERS);
    expect(http).toMatchObject([{ routes: { 'GET /api/things/{id}': 'flagstone-worker' } }]);
    expect(sockets).toEqual([]);
  });

  test.each([
    [{ stage: { StageName: 'v1' } }, 'the stage of an HTTP API must be $default (given v1)'],
    [{ stage: { StageVariables: {} } }, 'the local run does not emulate StageVariables'],
    [{ integration: { PayloadFormatVersion: '1.0' } }, 'the local run knows payloads of 2.0 only'],
    [{ integration: { IntegrationUri: 'https://example.com' } }, 'the local run integrates functions only'],
    [{ route: { Target: 'integrations/other' } }, 'its integration is not there'],
    [{ route: { AuthorizationType: 'OTHER' } }, 'the local run does not know OTHER'],
  ])('is refused with %j', (options, reason) => {
    expect(() => define(stackWithApi(options), FOLDERS)).toThrow(reason);
  });
});
