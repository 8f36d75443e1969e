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

/** What makes `$connect` ask a function. */
function guarded(route: object = {}, authorizer: object = {}): Template['Resources'] {
  const { Connect } = stackWithSockets().Resources;
  return {
    Connect: {
      ...Connect!,
      Properties: {
        ...Connect!.Properties,
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: 'Authorizer' },
        ...route,
      },
    },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ...API,
        Name: 'Authorizer',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: {
          'Fn::Join': [
            '',
            [
              'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/',
              { 'Fn::GetAtt': ['Worker', 'Arn'] },
              '/invocations',
            ],
          ],
        },
        IdentitySource: ['route.request.querystring.ticket', 'route.request.header.X-Key'],
        ...authorizer,
      },
    },
  };
}

describe('a WebSocket API of a template', () => {
  test('is read with its stage and its routes', () => {
    const { sockets, http } = define(stackWithSockets(), FOLDERS);
    expect(sockets).toMatchObject([
      { stage: 'series', routes: { $connect: 'flagstone-worker', $default: 'flagstone-worker' } },
    ]);
    expect(http).toEqual([]);
  });

  test('is read with the function that says who may connect', () => {
    expect(define(stackWithSockets(guarded()), FOLDERS).sockets).toMatchObject([
      {
        authorizer: {
          functionName: 'flagstone-worker',
          identitySources: [
            { place: 'querystring', name: 'ticket' },
            { place: 'header', name: 'X-Key' },
          ],
        },
      },
    ]);
  });

  test('lets everybody connect where AWS would ask for credentials', () => {
    const { sockets } = define(stackWithSockets(guarded({ AuthorizationType: 'AWS_IAM' })), FOLDERS);
    expect(sockets[0]!.authorizer).toBeUndefined();
  });

  test.each([
    [{ AuthorizationType: 'OTHER' }, {}, 'the local run does not know OTHER'],
    [{ AuthorizerId: 'gone' }, {}, 'its authorizer is not there'],
    [{}, { IdentitySource: ['context.path'] }, 'an identity source must be'],
    [{}, { AuthorizerUri: 'https://example.com' }, 'the local run asks functions only'],
    [{}, { AuthorizerResultTtlInSeconds: 300 }, 'the local run does not emulate AuthorizerResultTtlInSeconds'],
  ])('is refused with a route of %j and an authorizer of %j', (route, authorizer, reason) => {
    expect(() => define(stackWithSockets(guarded(route, authorizer)), FOLDERS)).toThrow(reason);
  });

  test('is refused with two stages', () => {
    const other = { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...API, StageName: 'other' } };
    expect(() => define(stackWithSockets({ Other: other }), FOLDERS)).toThrow('needs exactly one stage (given 2)');
  });
});
