import { authorizerOf } from './define-authorizers.ts';
import { apisOf, routeResourcesOf, routesOf, stageOf } from './define-routes.ts';
import type { HttpDefinition } from './definitions.ts';
import type { DeployedTemplate } from './deployed-template.ts';
import { textOf } from './properties.ts';
import { CannotDeploy } from './template.ts';

const PAYLOAD = '2.0';

/** The HTTP APIs. Their stage is the default one: another would stand in front of every path. */
export function defineHttp(template: DeployedTemplate): HttpDefinition[] {
  for (const integration of template.resourcesOf('AWS::ApiGatewayV2::Integration')) {
    const { PayloadFormatVersion: version = PAYLOAD } = integration.properties;
    if (version !== PAYLOAD)
      throw new CannotDeploy(`${integration.logicalId}: the local run knows payloads of 2.0 only`);
  }
  return apisOf(template, 'HTTP').map((api) => {
    const stage = stageOf(template, api);
    if (stage !== '$default') {
      throw new CannotDeploy(`${textOf(api, 'Name')}: the stage of an HTTP API must be $default (given ${stage})`);
    }
    for (const route of routeResourcesOf(template, api)) {
      if (authorizerOf(template, route) === undefined) continue;
      throw new CannotDeploy(`${route.logicalId}: the local run asks functions about WebSockets only`);
    }
    return { name: api.name, routes: routesOf(template, api, ['PayloadFormatVersion']) };
  });
}
