import middy from '@middy/core';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { asError } from '../../lib/adapters/as-error.ts';
import { connectApi } from '../../lib/adapters/connect-api.ts';
import { originCheck } from '../../lib/adapters/origin-check.ts';
import { logging, openLog } from '../../lib/adapters/telemetry/log.ts';
import { WORLD } from '../../lib/adapters/world.ts';
import { allAnswerers } from './all-answerers.ts';
import { Api } from './api.ts';

/** Of what the routes promise. */
const VERSION = '1.0.0';

// Once per cold start.
const logger = openLog();
const api = new Api({
  answerers: allAnswerers({ ...connectApi(process.env), now: WORLD.now }),
  version: VERSION,
  isFromFront: originCheck(process.env),
  onAnswered: (answered) => logger.info('answered', { ...answered }),
  onFailed: (route, error) => {
    logger.error('not answered', { route, error: asError(error) });
  },
});

// Once per request.
async function handle(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  logger.appendKeys({ request: event.requestContext.requestId });
  return api.handle(event);
}

// Called by API Gateway.
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use(logging(logger))
  .use(httpSecurityHeaders())
  .handler(handle);
