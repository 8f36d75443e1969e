import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { plainId } from './rights/template-rights.ts';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/flagstone/1234';

describe('what comes in is bounded', () => {
  const template = sampleTemplate({ apiListsPerSecond: 7, connectsPerSecond: 3 });
  const stages = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
  const routes = template.findResources('AWS::ApiGatewayV2::Route');

  test('for each route of the API that reads much', () => {
    const stage = stages.find(({ Properties }) => Properties.StageName === '$default')!;
    const limit = { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 14 };
    expect(stage['Properties'].RouteSettings).toEqual({
      'GET /api/transactions': limit,
      'GET /api/anomalies': limit,
      'GET /api/flagged-purchases': limit,
      'GET /api/networks/{network}/users/{id}': limit,
      'GET /api/clients/{client_id}': limit,
    });
  });

  test.each(['series', 'live'])('for connections to /%s', (name) => {
    const stage = stages.find(({ Properties }) => Properties.StageName === name)!;
    expect(stage['Properties'].RouteSettings).toEqual({
      $connect: { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 6 },
    });
  });

  test('by settings of routes that are there before them', () => {
    for (const { Properties: properties, DependsOn: needed } of stages) {
      const own = Object.entries(routes).filter(([, route]) => route['Properties'].ApiId.Ref === properties.ApiId.Ref);
      for (const key of Object.keys(properties.RouteSettings)) {
        const [id] = own.find(([, route]) => route['Properties'].RouteKey === key)!;
        expect(needed).toContain(id);
      }
    }
  });
});

describe('without an origin secret', () => {
  const template = sampleTemplate();

  test('there is none, and nobody is asked', () => {
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    const variables = propertiesOf(template, 'AWS::Lambda::Function').map(({ Environment }) => Environment.Variables);
    expect(variables.filter((told) => 'ORIGIN_SECRETS' in told)).toEqual([]);
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: { WebACLId: Match.absent() },
    });
  });
});

describe('with an origin secret', () => {
  const template = sampleTemplate({ originSecret: 2, webAclArn: ACL });
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  const secrets = Object.keys(template.findResources('AWS::SecretsManager::Secret'));

  /** The secrets that a text is made of when it is deployed, in their order. */
  function secretsIn(text: unknown): string[] {
    const parts = JSON.stringify(text ?? '');
    return parts.includes('{{resolve:secretsmanager:')
      ? [...parts.matchAll(/"Ref":"(\w+)"/g)].map(([, id = '']) => id)
      : [];
  }

  test('CloudFront sends the newest one to the APIs, and to nobody else', () => {
    const { Origins: origins } = distribution!['Properties'].DistributionConfig;
    const told = origins.map((origin: Readonly<Record<string, unknown>>) => ({
      isApi: origin['CustomOriginConfig'] !== undefined,
      sent: secretsIn(origin['OriginCustomHeaders']),
    }));
    expect(told.filter(({ isApi }: { isApi: boolean }) => isApi).length).toBe(3);
    const wanted = told.map(({ isApi }: { isApi: boolean }) => (isApi ? ['OriginSecretGeneration2'] : []));
    expect(told.map(({ sent }: { sent: string[] }) => sent.map((id) => plainId(id)))).toEqual(wanted);
  });

  test('the API and who lets pages connect take that one and the one before, and know them before CloudFront sends them', () => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const asking = functions.filter(([, { Properties }]) => 'ORIGIN_SECRETS' in Properties.Environment.Variables);
    const names = asking.map(([, { Properties }]) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME);
    expect(new Set(names)).toEqual(new Set(['api', 'live-authorizer']));
    for (const [id, { Properties }] of asking) {
      const accepted = secretsIn(Properties.Environment.Variables.ORIGIN_SECRETS);
      expect(accepted).toEqual([expect.stringContaining('Generation2'), expect.stringContaining('Generation1')]);
      expect(distribution!['DependsOn']).toContain(id);
    }
  });

  test('it is made where it is kept, and is nowhere in the template', () => {
    expect(secrets).toHaveLength(2);
    for (const { GenerateSecretString: made, ...others } of propertiesOf(template, 'AWS::SecretsManager::Secret')) {
      expect(made).toMatchObject({ PasswordLength: 64, ExcludePunctuation: true });
      expect(others).not.toHaveProperty('SecretString');
    }
  });

  test('CloudFront has the web ACL that is given', () => {
    expect(distribution!['Properties'].DistributionConfig.WebACLId).toBe(ACL);
  });
});
