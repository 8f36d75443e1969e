import { apisOf, routesOf, stageOf } from './define-routes.ts';
import type { SocketDefinition } from './definitions.ts';
import type { DeployedTemplate } from './deployed-template.ts';

/** The WebSocket APIs, each with its one stage. */
export function defineSockets(template: DeployedTemplate): SocketDefinition[] {
  return apisOf(template, 'WEBSOCKET').map((api) => {
    return { name: api.name, stage: stageOf(template, api), routes: routesOf(template, api) };
  });
}
