import type { Context } from 'aws-lambda';
import { onTestFinished, vi } from 'vitest';

/** What the stack tells its functions. */
export const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  STATE_TABLE: 'state-table',
  TRANSACTION_TABLE: 'transaction-table',
  SERIES_TABLE: 'series-table',
  SERIES_CALLBACK_URL: 'https://api.execute-api.eu-west-1.amazonaws.com/series',
  SERIES_LIMITS: 'calibrated',
  SERIES_DAYS: '90',
  SUBSCRIPTION_TABLE: 'subscription-table',
  LIVE_CALLBACK_URL: 'https://api.execute-api.eu-west-1.amazonaws.com/live',
  LIVE_PUBLISHER: 'live-publisher',
  PROFILE_TABLE: 'profile-table',
  TRANSACTION_DETECTOR: 'enhanced',
  TRANSACTION_DAYS: '90',
  INPUT_BUCKET: 'input-bucket',
  OUTPUT_BUCKET: 'output-bucket',
  JOURNAL_BUCKET: 'journal-bucket',
  STREAM_NAME: 'event-stream',
  DEFAULT_DEGREES: '2',
  DEFAULT_TRACKED: '3',
  KEPT_PURCHASES: '',
  FLUSH_EVERY: '1',
  HISTORY_DAYS: '7',
  STREAM_RETENTION_HOURS: '24',
  POWERTOOLS_SERVICE_NAME: 'flagstone',
  POWERTOOLS_LOG_LEVEL: 'INFO',
} as const;

export interface DeployedFunction {
  readonly invoke: (event: unknown) => Promise<unknown>;
  /** All that it has written, line by line. */
  readonly output: readonly string[];
}

export interface DeployOptions {
  readonly without?: keyof typeof ENVIRONMENT;
  readonly remainingMs?: number;
}

/** A cold start: the handler is loaded anew, with the environment of the stack. */
export async function coldStart(
  name: string,
  { without, remainingMs = 60_000 }: DeployOptions = {},
): Promise<DeployedFunction> {
  for (const [variable, value] of Object.entries(ENVIRONMENT)) {
    vi.stubEnv(variable, variable === without ? undefined : value);
  }
  const output: string[] = [];
  // The logger and the metrics have a console of their own.
  const written = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => output.push(...linesOf(String(chunk))) >= 0),
  );
  onTestFinished(() => {
    vi.unstubAllEnvs();
    for (const spy of written) spy.mockRestore();
  });
  vi.resetModules();
  const { handler } = (await import(`../../functions/${name}/handler.ts`)) as {
    handler: (event: unknown, context: Context) => Promise<unknown>;
  };
  return { invoke: async (event) => handler(event, contextOf(name, remainingMs)), output };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function contextOf(functionName: string, remainingMs: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${functionName}`,
    memoryLimitInMB: '1769',
    awsRequestId: '8f507cfc-xmpl-4697-b07a-ac58fc914c95',
    logGroupName: functionName,
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => remainingMs,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

export interface EmittedMetric {
  readonly Unit: string;
  readonly value: unknown;
}

/** The metrics in what a function has written: CloudWatch finds them there, in the embedded metric format. */
export function metricsIn(output: readonly string[]): Record<string, EmittedMetric> {
  const documents = output
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .map((line) => JSON.parse(line) as MetricDocument);
  return Object.fromEntries(
    documents.flatMap((document) =>
      document._aws.CloudWatchMetrics.flatMap(({ Namespace, Metrics }) =>
        Metrics.map(({ Name, Unit }) => [`${Namespace}.${Name}`, { Unit, value: document[Name] }] as const),
      ),
    ),
  );
}

interface MetricDocument extends Record<string, unknown> {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}
