import { authorizerOf } from './define-authorizers.ts';
import { apisOf, routeResourcesOf, routesOf, stageOf } from './define-routes.ts';
import type { AuthorizerDefinition, SocketDefinition } from './definitions.ts';
import type { DeployedTemplate, NamedResource } from './deployed-template.ts';

/** The WebSocket APIs, each with its one stage. */
export function defineSockets(template: DeployedTemplate): SocketDefinition[] {
  return apisOf(template, 'WEBSOCKET').map((api) => {
    return {
      name: api.name,
      stage: stageOf(template, api),
      routes: routesOf(template, api),
      authorizer: connectAuthorizerOf(template, api),
    };
  });
}

/** API Gateway authorizes a WebSocket when it is made. */
function connectAuthorizerOf(template: DeployedTemplate, api: NamedResource): AuthorizerDefinition | undefined {
  const connect = routeResourcesOf(template, api).find(({ properties }) => properties['RouteKey'] === '$connect');
  return connect && authorizerOf(template, connect);
}
