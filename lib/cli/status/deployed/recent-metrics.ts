import { GetMetricDataCommand, type CloudWatchClient, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';

export const LOOKED_BACK_MINUTES = 15;

const MINUTE_MS = 60_000;
const METRICS = { errors: ['Errors', 'Sum'], age: ['IteratorAge', 'Maximum'] } as const;

type Kind = keyof typeof METRICS;

/** What CloudWatch has heard of functions of late, asked for all of them at once. */
export class RecentMetrics {
  readonly #values: Promise<ReadonlyMap<string, number>>;

  constructor(client: CloudWatchClient, { functions, now }: { readonly functions: readonly string[]; now: number }) {
    this.#values = functions.length === 0 ? Promise.resolve(new Map()) : read(client, functions, now);
    // Whoever asks is told; if nobody does, it is nobody's trouble.
    this.#values.catch(() => undefined);
  }

  async errorsOf(functionName: string): Promise<number> {
    return (await this.#values).get(`errors ${functionName}`) ?? 0;
  }

  /** Of the oldest record that a function was given, in milliseconds; 0 where it was given none. */
  async ageAt(functionName: string): Promise<number> {
    return (await this.#values).get(`age ${functionName}`) ?? 0;
  }
}

async function read(
  client: CloudWatchClient,
  functions: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const asked = functions.flatMap((name) => (Object.keys(METRICS) as Kind[]).map((kind) => ({ kind, name })));
  const { MetricDataResults: results = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - LOOKED_BACK_MINUTES * MINUTE_MS),
      EndTime: new Date(now),
      MetricDataQueries: asked.map(({ kind, name }, place) => queryOf(kind, name, `m${place}`)),
    }),
  );
  const values = new Map(results.map(({ Id: id = '', Values: given = [] }) => [id, given]));
  return new Map(
    asked.map(({ kind, name }, place) => [`${kind} ${name}`, together(kind, values.get(`m${place}`) ?? [])]),
  );
}

function queryOf(kind: Kind, functionName: string, id: string): MetricDataQuery {
  const [metric, statistic] = METRICS[kind];
  const dimensions = [{ Name: 'FunctionName', Value: functionName }];
  const stat = { Metric: { Namespace: 'AWS/Lambda', MetricName: metric, Dimensions: dimensions } };
  return { Id: id, MetricStat: { ...stat, Stat: statistic, Period: 60 } };
}

function together(kind: Kind, values: readonly number[]): number {
  return kind === 'errors' ? values.reduce((sum, value) => sum + value, 0) : (values[0] ?? 0);
}
