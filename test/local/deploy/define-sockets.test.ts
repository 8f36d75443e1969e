import { describe, expect, test } from 'vitest';
import { define } from '../../../lib/local/deploy/define.ts';
import type { Template } from '../../../lib/local/deploy/template.ts';
import { tinyStack } from './tiny-stack.ts';

const FOLDERS = new Map([['code.zip', '/code']]);
const API = { ApiId: { Ref: 'Api' } };

function stackWithSockets(resources: Template['Resources'] = {}): Template {
  const route = (RouteKey: string) => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { ...API, RouteKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] } },
  });
  const arn = { 'Fn::GetAtt': ['Worker', 'Arn'] };
  return tinyStack({
    resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Api', ProtocolType: 'WEBSOCKET' } },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...API, StageName: 'series', AutoDeploy: true } },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ...API,
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: {
            'Fn::Join': ['', ['arn:aws:apigateway:x:lambda:path/2015-03-31/functions/', arn, '/invocations']],
          },
        },
      },
      Connect: route('$connect'),
      Default: route('$default'),
      ...resources,
    },
  });
}

describe('a WebSocket API of a template', () => {
  test('is read with its stage and its routes', () => {
    const { sockets, http } = define(stackWithSockets(), FOLDERS);
    expect(sockets).toMatchObject([
      { stage: 'series', routes: { $connect: 'flagstone-worker', $default: 'flagstone-worker' } },
    ]);
    expect(http).toEqual([]);
  });

  test('is refused with two stages', () => {
    const other = { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...API, StageName: 'other' } };
    expect(() => define(stackWithSockets({ Other: other }), FOLDERS)).toThrow('needs exactly one stage (given 2)');
  });
});
