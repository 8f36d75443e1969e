import { describe, expect, test } from 'vitest';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate({ seriesMessagesPerSecond: 70, seriesDays: 3, seriesLimits: 'textbook' });
const stage = propertiesOf(template, 'AWS::ApiGatewayV2::Stage').find(({ StageName }) => StageName === 'series');
const series = propertiesOf(template, 'AWS::Lambda::Function').find(
  ({ Environment }) => Environment.Variables.POWERTOOLS_SERVICE_NAME === 'series',
);

describe('the WebSocket API of the series', () => {
  test('gives the function all that clients do', () => {
    const routes = propertiesOf(template, 'AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
    expect(routes).toEqual(expect.arrayContaining(['$connect', '$default', '$disconnect']));
    expect(stage).toMatchObject({ StageName: 'series', AutoDeploy: true });
  });

  test('bounds how much it lets through', () => {
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 70, ThrottlingBurstLimit: 140 });
  });

  test('notes who connects and what comes of it, and nothing of what is said', () => {
    const noted = JSON.parse(stage.AccessLogSettings.Format);
    expect(noted).toMatchObject({ route: '$context.routeKey', status: '$context.status' });
    expect(JSON.stringify(noted)).not.toMatch(/sourceIp|authorizer|queryString/);
  });

  test('tells the function its settings, and where its connections are', () => {
    expect(series.Environment.Variables).toMatchObject({ SERIES_LIMITS: 'textbook', SERIES_DAYS: '3' });
    expect(JSON.stringify(series.Environment.Variables.SERIES_CALLBACK_URL)).toMatch(/https:.*execute-api.*series/);
  });

  test('lets the function answer on the connections of this API alone', () => {
    const statements = propertiesOf(template, 'AWS::IAM::Policy')
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action, Resource }) => {
        return Action === 'execute-api:ManageConnections' && JSON.stringify(Resource).includes('"SeriesApi');
      });
    const resources = statements.flatMap(({ Resource }) => Resource).map((arn) => JSON.stringify(arn));
    expect(resources).toHaveLength(2);
    for (const arn of resources) expect(arn).toMatch(/"Ref":"\w+"\},"\/series\/(?:POST|DELETE)\/@connections\/\*"/);
  });

  test('rings where clients are not answered', () => {
    const metrics = propertiesOf(template, 'AWS::CloudWatch::Alarm').map(({ MetricName }) => MetricName);
    expect(metrics).toContain('ExecutionError');
  });

  test('forgets clients that are not heard of', () => {
    const tables = propertiesOf(template, 'AWS::DynamoDB::Table');
    const expiries = tables.flatMap(({ TimeToLiveSpecification: expiry }) => expiry ?? []);
    expect(expiries).toContainEqual({ AttributeName: 'x', Enabled: true });
  });
});
