import { nameInArn } from './account.ts';
import type { SocketDefinition } from './definitions.ts';
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
  'AccessLogSettings',
];
const ROUTE_PROPERTIES = ['ApiId', 'RouteKey', 'Target', 'AuthorizationType'];
const INTEGRATION_PROPERTIES = ['ApiId', 'IntegrationType', 'IntegrationUri', 'IntegrationMethod'];

/** The WebSocket APIs, each with its one stage. */
export function defineSockets(template: DeployedTemplate): SocketDefinition[] {
  const stages = template.resourcesOf('AWS::ApiGatewayV2::Stage');
  return template
    .resourcesOf('AWS::ApiGatewayV2::Api')
    .filter((api) => textOf(api, 'ProtocolType') === 'WEBSOCKET')
    .map((api) => {
      allowOnly(api, API_PROPERTIES);
      const [stage, ...others] = stages.filter((candidate) => candidate.properties['ApiId'] === api.name);
      if (stage === undefined || others.length > 0) {
        throw new CannotDeploy(`${api.logicalId}: the local run needs exactly one stage (given ${others.length + 1})`);
      }
      allowOnly(stage, STAGE_PROPERTIES);
      return { name: api.name, stage: textOf(stage, 'StageName'), routes: routesOf(template, api) };
    });
}

function routesOf(template: DeployedTemplate, api: NamedResource): SocketDefinition['routes'] {
  const functions = new Map(integrationsOf(template, api).map((one) => [one.name, functionOf(one)]));
  const routes = template
    .resourcesOf('AWS::ApiGatewayV2::Route')
    .filter(({ properties }) => properties['ApiId'] === api.name);
  return Object.fromEntries(
    routes.map((route) => {
      allowOnly(route, ROUTE_PROPERTIES);
      if ((route.properties['AuthorizationType'] ?? 'NONE') !== 'NONE') {
        throw new CannotDeploy(`${route.logicalId}: the local run asks nobody who they are`);
      }
      const name = functions.get(textOf(route, 'Target').replace('integrations/', ''));
      if (name === undefined) throw new CannotDeploy(`${route.logicalId}: its integration is not there`);
      return [textOf(route, 'RouteKey'), name];
    }),
  );
}

function integrationsOf(template: DeployedTemplate, api: NamedResource): NamedResource[] {
  return template
    .resourcesOf('AWS::ApiGatewayV2::Integration')
    .filter(({ properties }) => properties['ApiId'] === api.name);
}

/** From `arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations`. */
function functionOf(integration: NamedResource): string {
  allowOnly(integration, INTEGRATION_PROPERTIES);
  const uri = textOf(integration, 'IntegrationUri');
  const [, arn] = /\/functions\/([^/]+)\/invocations$/.exec(uri) ?? [];
  if (arn !== undefined && textOf(integration, 'IntegrationType') === 'AWS_PROXY') return nameInArn(arn);
  throw new CannotDeploy(`${integration.logicalId}: the local run integrates functions only (given ${uri})`);
}
