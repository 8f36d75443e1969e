import * as z from 'zod/mini';
import { clientPage, clientQuery, clientSeries, clientSeriesQuery } from './clients.ts';
import { explainedPurchase, flaggedPage, flaggedQuery, neighbourhood, networkList } from './flagged-purchases.ts';
import { integer, text } from './parameters.ts';
import { PATHS } from './paths.ts';
import { stats } from './stats.ts';
import { anomalyQuery, transactionPage, transactionQuery, userAnswer } from './transactions.ts';

/** A route of the API: the stack, the function, the OpenAPI document, the dashboard and the tests are made from this table. */
export interface Route {
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** What the parts of the path in braces are. */
  readonly pathParameters: z.ZodMiniObject;
  readonly query: z.ZodMiniObject;
  readonly answer: z.ZodMiniType;
}

const place = integer(0, Number.MAX_SAFE_INTEGER);
const NOTHING = z.strictObject({});

export const ROUTES = {
  transactions: {
    path: PATHS.transactions,
    summary: 'Transactions, newest first',
    pathParameters: NOTHING,
    query: transactionQuery,
    answer: transactionPage,
  },
  anomalies: {
    path: PATHS.anomalies,
    summary: 'Anomalous transactions, newest first',
    pathParameters: NOTHING,
    query: anomalyQuery,
    answer: transactionPage,
  },
  stats: {
    path: PATHS.stats,
    summary: 'What has happened, in total and minute by minute',
    pathParameters: NOTHING,
    query: NOTHING,
    answer: stats,
  },
  user: {
    path: PATHS.user,
    summary: "A user's habits and latest transactions",
    pathParameters: z.object({ id: text }),
    query: NOTHING,
    answer: userAnswer,
  },
  flaggedPurchases: {
    path: PATHS.flaggedPurchases,
    summary: 'Flagged purchases, newest first',
    pathParameters: NOTHING,
    query: flaggedQuery,
    answer: flaggedPage,
  },
  flaggedPurchase: {
    path: PATHS.flaggedPurchase,
    summary: 'A flagged purchase with what it was judged against',
    pathParameters: z.object({ network: text, version: place, index: place }),
    query: NOTHING,
    answer: explainedPurchase,
  },
  networks: {
    path: PATHS.networks,
    summary: 'The networks',
    pathParameters: NOTHING,
    query: NOTHING,
    answer: networkList,
  },
  neighbourhood: {
    path: PATHS.neighbourhood,
    summary: "A user's friends within D degrees, and the purchases that a judgement would use",
    pathParameters: z.object({ network: text, id: text }),
    query: NOTHING,
    answer: neighbourhood,
  },
  clients: {
    path: PATHS.clients,
    summary: 'Clients of the series detector, those heard of last first',
    pathParameters: NOTHING,
    query: clientQuery,
    answer: clientPage,
  },
  client: {
    path: PATHS.client,
    summary: "A client's points with their verdicts",
    pathParameters: z.object({ client_id: text }),
    query: clientSeriesQuery,
    answer: clientSeries,
  },
} as const satisfies Readonly<Record<keyof typeof PATHS, Route>>;

export type RouteName = keyof typeof ROUTES;

export type Answer<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['answer']>;

export type Query<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['query']>;
