import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate();
const [{ DistributionConfig: distribution }] = propertiesOf(template, 'AWS::CloudFront::Distribution');
const behaviours: Readonly<Record<string, { readonly TargetOriginId: string }>> = Object.fromEntries(
  distribution.CacheBehaviors.map((behaviour: { PathPattern: string }) => [behaviour.PathPattern, behaviour]),
);
const originOf = ({ TargetOriginId = '' }: { readonly TargetOriginId?: string } = {}) =>
  distribution.Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);

// Of CloudFront's own policies: "CachingDisabled" and "AllViewerExceptHostHeader".
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

describe('the dashboard in the cloud', () => {
  test('comes from a private bucket, which only this distribution may read', () => {
    const origin = originOf(distribution.DefaultCacheBehavior);
    expect(origin).toHaveProperty('OriginAccessControlId');
    expect(JSON.stringify(origin.DomainName)).toMatch(/Site.*RegionalDomainName/);
    const reading = propertiesOf(template, 'AWS::S3::BucketPolicy')
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Principal }) => Principal.Service === 'cloudfront.amazonaws.com');
    expect(reading).toMatchObject([{ Action: 's3:GetObject', Condition: { StringEquals: {} } }]);
    expect(JSON.stringify(reading[0].Condition)).toContain('distribution/');
  });

  test.each(['/api/*', '/series', '/live'])(
    'has %s answered by API Gateway: not cached, and asked by its own name',
    (path) => {
      expect(behaviours[path]).toMatchObject({
        CachePolicyId: CACHING_DISABLED,
        OriginRequestPolicyId: ALL_BUT_HOST,
        ViewerProtocolPolicy: 'https-only',
      });
      expect(originOf(behaviours[path])).toMatchObject({
        CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      });
      expect(JSON.stringify(originOf(behaviours[path]).DomainName)).toContain('.execute-api.');
    },
  );

  test('has every WebSocket API at the path that its stage is named after', () => {
    const stages = propertiesOf(template, 'AWS::ApiGatewayV2::Stage').map(({ StageName }) => `/${StageName}`);
    expect(stages.filter((stage) => stage !== '/$default').toSorted()).toEqual(
      Object.keys(behaviours)
        .filter((path) => !['/api/*', '/config.json'].includes(path))
        .toSorted(),
    );
  });

  test('has what says how to sign in answered by the bucket, each time anew', () => {
    const config = behaviours['/config.json'];
    expect(config).toMatchObject({ CachePolicyId: CACHING_DISABLED, ViewerProtocolPolicy: 'https-only' });
    expect(config).toHaveProperty('ResponseHeadersPolicyId');
    expect(originOf(config)).toBe(originOf(distribution.DefaultCacheBehavior));
  });

  test('may load nothing from elsewhere, and be framed by nobody', () => {
    const [{ ResponseHeadersPolicyConfig: policy }] = propertiesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy');
    expect(JSON.stringify(policy.SecurityHeadersConfig.ContentSecurityPolicy)).toContain("frame-ancestors 'none'");
    expect(policy.SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
    });
    expect(distribution.DefaultCacheBehavior).toHaveProperty('ResponseHeadersPolicyId');
  });

  test('is put into the bucket by its own function, anew when a file has changed', () => {
    const [published] = propertiesOf(template, 'Custom::DashboardFiles');
    expect(published).toMatchObject({ Files: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(published.ServiceToken)).toContain('DashboardFiles');
  });
});

describe('the function at the edge', () => {
  const [{ FunctionCode: code }] = propertiesOf(template, 'AWS::CloudFront::Function');
  const handler: (event: object) => object = runInNewContext(`${code}; handler`);

  test.each([
    ['/', '/index.html'],
    ['/users/a.b', '/index.html'],
    ['/purchases', '/index.html'],
    ['/assets/index-1a.js', '/assets/index-1a.js'],
    ['/assets/gone.js', '/assets/gone.js'],
  ])('has %s answered with %s', (uri, expected) => {
    expect(handler({ request: { uri } })).toEqual({ uri: expected });
  });

  test('is asked for pages alone: what an API does not know stays unknown', () => {
    const events = [{ EventType: 'viewer-request' }];
    expect(distribution.DefaultCacheBehavior.FunctionAssociations).toMatchObject(events);
    for (const behaviour of Object.values(behaviours)) expect(behaviour).not.toHaveProperty('FunctionAssociations');
    expect(distribution).not.toHaveProperty('CustomErrorResponses');
  });
});
