import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { Meter } from './meter.ts';

/** A request as the SDK hands it to its HTTP handler: serialised and signed. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

export interface Answer {
  readonly operation: string;
  readonly statusCode?: number;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array | string;
}

/** What the SDK asks of an HTTP handler. */
type SimulatedHandler = NonNullable<S3ClientConfig['requestHandler']>;

/**
 * An HTTP handler for an SDK client that answers by itself after a while: all of the SDK is at work, and nothing of the
 * network. Its own time is metered, so that it can be told from the program's.
 */
export function simulatedService(
  answer: (request: HttpRequest) => Answer,
  { meter, latencyMs }: { meter: Meter; latencyMs: number },
): SimulatedHandler {
  const encoder = new TextEncoder();
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    async handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
      const start = process.cpuUsage();
      const { operation, statusCode = 200, headers = {}, body = '' } = answer(request);
      const bytes = typeof body === 'string' ? encoder.encode(body) : body;
      meter.count(operation, lengthOf(request.body), bytes.length);
      const { user, system } = process.cpuUsage(start);
      meter.simulationMs += (user + system) / 1000;
      if (latencyMs > 0) await setTimeout(latencyMs);
      return { response: { statusCode, headers, body: Readable.from([bytes]) } };
    },
  };
}

function lengthOf(body: string | Uint8Array | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.length ?? 0);
}
