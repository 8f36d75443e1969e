import { nameInArn } from './account.ts';
import type { DeployedTemplate, NamedResource } from './deployed-template.ts';
import { allowOnly, textOf } from './properties.ts';
import { CannotDeploy } from './template.ts';

const API_PROPERTIES = ['Name', 'ProtocolType', 'RouteSelectionExpression', 'Description', 'Tags', 'IpAddressType'];
const STAGE_PROPERTIES = [
  'ApiId',
  'StageName',
  'AutoDeploy',
  'Description',
  'Tags',
  // What comes in is neither throttled nor noted.
  'DefaultRouteSettings',
  'RouteSettings',
  'AccessLogSettings',
];
const ROUTE_PROPERTIES = ['ApiId', 'RouteKey', 'Target', 'AuthorizationType', 'AuthorizerId', 'AuthorizationScopes'];
const INTEGRATION_PROPERTIES = ['ApiId', 'IntegrationType', 'IntegrationUri', 'IntegrationMethod'];

/** The APIs of a protocol. */
export function apisOf(template: DeployedTemplate, protocol: 'WEBSOCKET' | 'HTTP'): NamedResource[] {
  const apis = template.resourcesOf('AWS::ApiGatewayV2::Api');
  const found = apis.filter((api) => textOf(api, 'ProtocolType') === protocol);
  for (const api of found) allowOnly(api, API_PROPERTIES);
  return found;
}

/** The name of an API's one stage. */
export function stageOf(template: DeployedTemplate, api: NamedResource): string {
  const stages = template.resourcesOf('AWS::ApiGatewayV2::Stage').filter(({ properties }) => isOf(api, properties));
  const [stage, ...others] = stages;
  if (stage === undefined || others.length > 0) {
    throw new CannotDeploy(`${api.logicalId}: the local run needs exactly one stage (given ${stages.length})`);
  }
  allowOnly(stage, STAGE_PROPERTIES);
  return textOf(stage, 'StageName');
}

/** The functions of an API's routes. `allowed` are the properties that its integrations may have beside those of all. */
export function routesOf(
  template: DeployedTemplate,
  api: NamedResource,
  allowed: readonly string[] = [],
): Readonly<Record<string, string>> {
  const integrations = template.resourcesOf('AWS::ApiGatewayV2::Integration');
  const own = integrations.filter(({ properties }) => isOf(api, properties));
  const functions = new Map(own.map((one) => [one.name, functionOf(one, allowed)]));
  return Object.fromEntries(
    routeResourcesOf(template, api).map((route) => {
      allowOnly(route, ROUTE_PROPERTIES);
      const name = functions.get(textOf(route, 'Target').replace('integrations/', ''));
      if (name === undefined) throw new CannotDeploy(`${route.logicalId}: its integration is not there`);
      return [textOf(route, 'RouteKey'), name];
    }),
  );
}

export function routeResourcesOf(template: DeployedTemplate, api: NamedResource): NamedResource[] {
  return template.resourcesOf('AWS::ApiGatewayV2::Route').filter(({ properties }) => isOf(api, properties));
}

function isOf(api: NamedResource, properties: NamedResource['properties']): boolean {
  return properties['ApiId'] === api.name;
}

/** From `arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations`, or the function's ARN itself. */
function functionOf(integration: NamedResource, allowed: readonly string[]): string {
  allowOnly(integration, [...INTEGRATION_PROPERTIES, ...allowed]);
  const uri = textOf(integration, 'IntegrationUri');
  const [, arn] = /^(?:.*\/functions\/)?(arn:[^/]+:function:[^/]+)(?:\/invocations)?$/.exec(uri) ?? [];
  if (arn !== undefined && textOf(integration, 'IntegrationType') === 'AWS_PROXY') return nameInArn(arn);
  throw new CannotDeploy(`${integration.logicalId}: the local run integrates functions only (given ${uri})`);
}
