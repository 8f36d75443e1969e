import type { CfnStage, HttpStage, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Node } from 'constructs';

interface AddedRoute {
  readonly routeKey: string;
  readonly node: Node;
}

/** Lets through so many requests of each of these routes a second, and twice as many at once; beside what the stage lets through. */
export function throttleRoutes(
  stage: HttpStage | WebSocketStage,
  perSecond: number,
  routes: readonly AddedRoute[],
): void {
  const settings = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: 2 * perSecond };
  const resource = stage.node.defaultChild as CfnStage;
  resource.routeSettings = Object.fromEntries(routes.map(({ routeKey }) => [routeKey, settings]));
  // API Gateway refuses the settings of a route that is not there yet.
  for (const { node } of routes) if (node.defaultChild) stage.node.addDependency(node.defaultChild);
}
