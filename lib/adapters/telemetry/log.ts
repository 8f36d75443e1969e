import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { describeError, InvocationFailed } from './describe-error.ts';

/** A function's log: JSON lines, in which an error is told without what it may quote. */
export function openLog(): Logger {
  return new Logger({ logFormatter: new DiscreetFormatter() });
}

interface FailedRequest {
  readonly context: { readonly awsRequestId: string };
  error: Error | null;
}

/**
 * Has a handler's log name the invocation. What the handler throws is noted here, and thrown on without what it says: Lambda's
 * runtime notes all that it is thrown.
 */
export function logging(logger: Logger) {
  const failed = {
    onError: (request: FailedRequest): void => {
      logger.error('failed', { error: request.error });
      request.error = new InvocationFailed(request.error, request.context.awsRequestId);
    },
  };
  return [injectLambdaContext(logger, { resetKeys: true, logEvent: false }), failed];
}

class DiscreetFormatter extends LogFormatter {
  override formatError(error: Error): LogAttributes {
    return { ...describeError(error) };
  }

  override formatAttributes(attributes: UnformattedAttributes, further: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, xRayTraceId, lambdaContext } = attributes;
    const told = {
      level: logLevel,
      message,
      timestamp: this.formatTimestamp(timestamp),
      service: serviceName,
      cold_start: lambdaContext?.coldStart,
      function_name: lambdaContext?.functionName,
      function_request_id: lambdaContext?.awsRequestId,
      xray_trace_id: xRayTraceId,
    };
    return new LogItem({ attributes: told }).addAttributes(further);
  }
}
