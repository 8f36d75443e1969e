import { nameInArn } from './account.ts';
import type { AuthorizerDefinition } from './definitions.ts';
import type { DeployedTemplate, NamedResource } from './deployed-template.ts';
import { allowOnly, optionalTextOf, textOf } from './properties.ts';
import { CannotDeploy } from './template.ts';

const AUTHORIZER_PROPERTIES = ['ApiId', 'AuthorizerType', 'AuthorizerUri', 'IdentitySource', 'Name'];

/** What the local run leaves out, and says so: who somebody is, it cannot know. */
const LEFT_OUT: ReadonlySet<string> = new Set(['NONE', 'JWT', 'AWS_IAM']);

const SOURCE = /^route\.request\.(querystring|header)\.([\w-]+)$/;

/** What has to let a request in before the function of a route is called; undefined where nothing has to here. */
export function authorizerOf(template: DeployedTemplate, route: NamedResource): AuthorizerDefinition | undefined {
  const type = optionalTextOf(route, 'AuthorizationType') ?? 'NONE';
  if (LEFT_OUT.has(type)) return undefined;
  if (type !== 'CUSTOM') throw new CannotDeploy(`${route.logicalId}: the local run does not know ${type}`);
  const name = textOf(route, 'AuthorizerId');
  const authorizer = template.resourcesOf('AWS::ApiGatewayV2::Authorizer').find((one) => one.name === name);
  if (authorizer === undefined) throw new CannotDeploy(`${route.logicalId}: its authorizer is not there`);
  return readAuthorizer(authorizer);
}

function readAuthorizer(authorizer: NamedResource): AuthorizerDefinition {
  allowOnly(authorizer, AUTHORIZER_PROPERTIES);
  const { IdentitySource: sources = [] } = authorizer.properties;
  const [, arn = ''] = /\/functions\/(arn:[^/]+)\/invocations$/.exec(textOf(authorizer, 'AuthorizerUri')) ?? [];
  if (arn === '') throw new CannotDeploy(`${authorizer.logicalId}: the local run asks functions only`);
  return { functionName: nameInArn(arn), identitySources: (sources as unknown[]).map((one) => readSource(one)) };
}

function readSource(source: unknown): AuthorizerDefinition['identitySources'][number] {
  const [, place, name = ''] = SOURCE.exec(String(source)) ?? [];
  if (place === 'querystring' || place === 'header') return { place, name };
  throw new CannotDeploy(
    `an identity source must be route.request.querystring.NAME or route.request.header.NAME (given ${String(source)})`,
  );
}
