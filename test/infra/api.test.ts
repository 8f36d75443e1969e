import { describe, expect, test } from 'vitest';
import { ROUTE_KEYS } from '../../lib/core/api/paths.ts';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate({ apiRequestsPerSecond: 30 });
const [id = ''] = Object.keys(
  template.findResources('AWS::ApiGatewayV2::Api', { Properties: { ProtocolType: 'HTTP' } }),
);
const stage = propertiesOf(template, 'AWS::ApiGatewayV2::Stage').find(({ ApiId }) => ApiId.Ref === id);
const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');

describe('the HTTP API', () => {
  test('has the routes of the table, and one for whatever else is asked', () => {
    const routes = propertiesOf(template, 'AWS::ApiGatewayV2::Route').filter(({ ApiId }) => ApiId.Ref === id);
    expect(new Set(routes.map(({ RouteKey }) => RouteKey))).toEqual(new Set([...ROUTE_KEYS, '$default']));
    expect(ROUTE_KEYS).toContain('POST /api/live-tickets');
  });

  test('bounds how much it lets through', () => {
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true });
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 30, ThrottlingBurstLimit: 60 });
  });

  test('notes which route was asked and what came of it, and nothing of whom was asked about', () => {
    const noted = JSON.parse(stage.AccessLogSettings.Format);
    expect(noted).toMatchObject({ route: '$context.routeKey', status: '$context.status' });
    expect(JSON.stringify(noted)).not.toMatch(/\$context\.path|sourceIp|authorizer|queryString|http\.path/);
  });

  test('rings where many answers fail, or are slow', () => {
    const failing = alarms.find(({ Metrics }) => JSON.stringify(Metrics ?? '').includes(id));
    expect(failing).toMatchObject({ Threshold: 1, EvaluationPeriods: 3 });
    const latencies = alarms.filter(({ MetricName }) => MetricName === 'Latency');
    expect(latencies).toMatchObject([{ ExtendedStatistic: 'p99', Threshold: 3000 }]);
  });

  test('lets its function read and give tickets, and nothing else', () => {
    const policies = propertiesOf(template, 'AWS::IAM::Policy').filter(({ Roles }) =>
      Roles[0].Ref.startsWith('ApiRole'),
    );
    const actions = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(({ Action }) => Action);
    const allowed = [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
    ];
    expect(new Set(actions)).toEqual(new Set(allowed));
    const puts = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes('dynamodb:PutItem'));
    expect(puts).toHaveLength(1);
    expect(JSON.stringify(puts[0].Resource)).toContain('Subscriptions');
  });
});
