import { describe, expect, test } from 'vitest';
import { propertiesOf, sampleTemplate } from './sample-stack.ts';

const template = sampleTemplate();
const routes = propertiesOf(template, 'AWS::ApiGatewayV2::Route');
const apis = Object.entries(template.findResources('AWS::ApiGatewayV2::Api'));
const [poolId = ''] = Object.keys(template.findResources('AWS::Cognito::UserPool'));
const [clientId = ''] = Object.keys(template.findResources('AWS::Cognito::UserPoolClient'));
const [pool] = propertiesOf(template, 'AWS::Cognito::UserPool');
const [client] = propertiesOf(template, 'AWS::Cognito::UserPoolClient');

function apisOf(protocol: 'HTTP' | 'WEBSOCKET'): string[] {
  return apis.filter(([, api]) => api['Properties'].ProtocolType === protocol).map(([id]) => id);
}

function authorizerOf(route: (typeof routes)[number]) {
  const authorizer = template.findResources('AWS::ApiGatewayV2::Authorizer')[route.AuthorizerId?.Ref];
  return authorizer?.['Properties'];
}

describe('the HTTP API', () => {
  const [httpApi] = apisOf('HTTP');
  const own = routes.filter(({ ApiId }) => ApiId.Ref === httpApi);

  test('is one, with routes', () => {
    expect(apisOf('HTTP')).toHaveLength(1);
    expect(own.length).toBeGreaterThan(10);
  });

  test.each(own.map((route) => [route.RouteKey, route]))('fails if %s lets in who has not signed in', (_, route) => {
    expect(route.AuthorizationType).toBe('JWT');
    expect(authorizerOf(route)).toMatchObject({
      ApiId: { Ref: httpApi },
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: [{ Ref: clientId }] },
    });
    expect(JSON.stringify(authorizerOf(route).JwtConfiguration.Issuer)).toMatch(
      new RegExp(`https://cognito-idp\\..*"Ref":"${poolId}"`),
    );
  });

  test('fails if it takes a token that only says who somebody is: such a token has no scopes', () => {
    for (const { AuthorizationScopes: scopes } of own) {
      expect(scopes).toEqual(['openid', 'aws.cognito.signin.user.admin']);
    }
  });
});

describe('the WebSocket APIs', () => {
  test('fails if a stage lets in who has not shown who they are', () => {
    const stages = propertiesOf(template, 'AWS::ApiGatewayV2::Stage').filter(
      ({ StageName }) => StageName !== '$default',
    );
    expect(new Set(stages.map(({ StageName }) => StageName))).toEqual(new Set(['live', 'series']));
    expect(new Set(stages.map(({ ApiId }) => ApiId.Ref))).toEqual(new Set(apisOf('WEBSOCKET')));
    const types = stages.map(({ StageName, ApiId }) => {
      const connect = routes.filter(({ ApiId: { Ref }, RouteKey }) => Ref === ApiId.Ref && RouteKey === '$connect');
      return [StageName, connect.map(({ AuthorizationType }) => AuthorizationType)];
    });
    expect(Object.fromEntries(types)).toEqual({ live: ['CUSTOM'], series: ['AWS_IAM'] });
  });

  test('has a function asked about the ticket in the address of each page that connects', () => {
    const connect = routes.find(({ AuthorizationType }) => AuthorizationType === 'CUSTOM')!;
    const authorizer = authorizerOf(connect);
    expect(authorizer).toMatchObject({
      ApiId: connect.ApiId,
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.ticket'],
    });
    expect(JSON.stringify(authorizer.AuthorizerUri)).toContain('LiveAuthorizer');
  });

  test('lets that function take tickets away, and nothing else', () => {
    const statements = propertiesOf(template, 'AWS::IAM::Policy')
      .filter(({ Roles }) => Roles[0].Ref.startsWith('LiveAuthorizerRole'))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const rights = statements.filter(({ Action }) => ![Action].flat().every((action) => action.startsWith('logs:')));
    expect(rights).toMatchObject([{ Action: 'dynamodb:DeleteItem' }]);
    expect(JSON.stringify(rights[0].Resource)).toContain('Subscriptions');
  });
});

describe('the user pool', () => {
  test('fails if somebody can sign up', () => {
    expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
  });

  test('wants strong passwords, and offers a second factor that is no text message', () => {
    expect(pool.Policies.PasswordPolicy).toMatchObject({
      MinimumLength: 14,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      RequireUppercase: true,
    });
    expect(pool).toMatchObject({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    const [strict] = propertiesOf(sampleTemplate({ secondFactor: 'required' }), 'AWS::Cognito::UserPool');
    expect(strict).toMatchObject({ MfaConfiguration: 'ON' });
  });

  test('survives the stack, unless the settings say otherwise', () => {
    const kept = Object.values(template.findResources('AWS::Cognito::UserPool'));
    expect(kept).toMatchObject([{ DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } }]);
    const gone = Object.values(sampleTemplate({ removal: 'destroy' }).findResources('AWS::Cognito::UserPool'));
    expect(gone).toMatchObject([{ DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'INACTIVE' } }]);
  });

  test('signs people in at a name that no other stack has', () => {
    const [domain] = propertiesOf(template, 'AWS::Cognito::UserPoolDomain');
    const uuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(domain.Domain).toEqual({ 'Fn::Join': ['', ['flagstone-', uuid]] });
  });

  test('shows pages of its own, which can also say without asking whether somebody is signed in', () => {
    const [domain] = propertiesOf(template, 'AWS::Cognito::UserPoolDomain');
    expect([domain.ManagedLoginVersion, pool.UserPoolTier]).toEqual([2, 'ESSENTIALS']);
    const styles = propertiesOf(template, 'AWS::Cognito::ManagedLoginBranding');
    expect(styles).toMatchObject([{ ClientId: { Ref: clientId }, UseCognitoProvidedValues: true }]);
  });
});

describe('the client of the pages', () => {
  test('has no secret, and gets tokens for a code alone', () => {
    expect(client).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      GenerateSecret: false,
      SupportedIdentityProviders: ['COGNITO'],
    });
    expect(client.ExplicitAuthFlows).not.toContain('ALLOW_USER_PASSWORD_AUTH');
  });

  test('has tokens that end soon, can be ended at once, and tell nobody who has an account', () => {
    expect(client).toMatchObject({
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  test('sends people back to the dashboard alone, and to this machine only if the settings say so', () => {
    const dashboard = { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [expect.any(String), 'DomainName'] }, '/']] };
    expect([client.CallbackURLs, client.LogoutURLs]).toEqual([[dashboard], [dashboard]]);
    const [local] = propertiesOf(sampleTemplate({ localDashboardPort: 5173 }), 'AWS::Cognito::UserPoolClient');
    expect(local.CallbackURLs).toEqual([dashboard, 'http://localhost:5173/']);
  });

  test('is what the page is told, and may ask for tokens', () => {
    const [published] = propertiesOf(template, 'Custom::DashboardFiles');
    expect(published.SignIn).toMatchObject({ clientId: { Ref: clientId }, scopes: ['openid', 'email'] });
    expect(JSON.stringify(published.SignIn.issuer)).toContain(poolId);
    const [{ ResponseHeadersPolicyConfig: policy }] = propertiesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy');
    const allowed = JSON.stringify(policy.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
    const [{ Domain: prefix }] = propertiesOf(template, 'AWS::Cognito::UserPoolDomain');
    expect(prefix).toBeDefined();
    expect(allowed).toMatch(/connect-src 'self' https:\/\/.*\.auth\..*amazoncognito\.com; object-src/);
  });
});
