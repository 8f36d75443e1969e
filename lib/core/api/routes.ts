import * as z from 'zod/mini';
import { clientPage, clientQuery, clientSeries, clientSeriesQuery } from './clients.ts';
import { explainedPurchase, flaggedPage, flaggedQuery, neighbourhood, networkList } from './flagged-purchases.ts';
import { liveTicket, TICKET_SECONDS } from '../live/ticket.ts';
import { integer, text } from './parameters.ts';
import { PATHS } from './paths.ts';
import { stats } from './stats.ts';
import { anomalyQuery, transactionPage, transactionQuery, userAnswer } from './transactions.ts';

/** A route of the API: the stack, the function, the OpenAPI document, the dashboard and the tests are made from this table. */
export interface Route {
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** What is to be known beyond the summary: what a request costs, and what it does not tell. */
  readonly description?: string;
  /** What the parts of the path in braces are. */
  readonly pathParameters: z.ZodMiniObject;
  readonly query: z.ZodMiniObject;
  readonly answer: z.ZodMiniType;
}

const place = integer(0, Number.MAX_SAFE_INTEGER);
/** So many transactions, flagged purchases or clients are read for a page at most. */
export const MOST_READ = { transactions: 1_000, flags: 200, clients: 500 } as const;
/** So many networks' flagged purchases are merged into one list. */
export const MOST_MERGED = 32;
/** So many members of a network are told at most, the user included. */
export const MOST_MEMBERS = 500;

const REFINED = (most: number): string =>
  `At most ${most} are read for a page: where few of them pass the filters it is short, even empty, and has a cursor to go on with.`;
const NOTHING = z.strictObject({});

export const ROUTES = {
  transactions: {
    path: PATHS.transactions,
    summary: 'Transactions, newest first',
    description: `All, those of a user, and those of a category come from indexes, as do \`from\` and \`to\`; other filters refine what these give. ${REFINED(MOST_READ.transactions)} A transaction of a moment ago may be missing.`,
    pathParameters: NOTHING,
    query: transactionQuery,
    answer: transactionPage,
  },
  anomalies: {
    path: PATHS.anomalies,
    summary: 'Anomalous transactions, newest first',
    description: `All, those of a severity, and the transactions of a user come from indexes, as do \`from\` and \`to\`; other filters refine what these give. ${REFINED(MOST_READ.transactions)} A transaction of a moment ago may be missing.`,
    pathParameters: NOTHING,
    query: anomalyQuery,
    answer: transactionPage,
  },
  stats: {
    path: PATHS.stats,
    summary: 'What has happened, in total and minute by minute',
    description:
      'All counts come from what was committed: what is delivered or tried again is not counted again. They are at most two seconds old.',
    pathParameters: NOTHING,
    query: NOTHING,
    answer: stats,
  },
  user: {
    path: PATHS.user,
    summary: "A user's habits and latest transactions",
    description: 'The habits are those of the transactions that were not anomalous, older ones counting less.',
    pathParameters: z.object({ id: text }),
    query: NOTHING,
    answer: userAnswer,
  },
  flaggedPurchases: {
    path: PATHS.flaggedPurchases,
    summary: 'Flagged purchases, newest first',
    description: `Those of a network in the order in which they were flagged; without \`network\` those of all, or of the ${MOST_MERGED} that were heard of last, by the time of the purchase. \`user\` refines: ${REFINED(MOST_READ.flags).replace('At', 'at')} What a purchase was judged against is told of each alone.`,
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
    description: `As of now. At most ${MOST_MEMBERS} people are told: where \`truncated\`, the purchases of the others are left out, too.`,
    pathParameters: z.object({ network: text, id: text }),
    query: NOTHING,
    answer: neighbourhood,
  },
  clients: {
    path: PATHS.clients,
    summary: 'Clients of the series detector, by their ids',
    description: `\`active\` refines. ${REFINED(MOST_READ.clients)}`,
    pathParameters: NOTHING,
    query: clientQuery,
    answer: clientPage,
  },
  client: {
    path: PATHS.client,
    summary: "A client's points with their verdicts",
    description: 'The newest points, oldest first; `cursor` goes on with older ones.',
    pathParameters: z.object({ client_id: text }),
    query: clientSeriesQuery,
    answer: clientSeries,
  },
  liveTicket: {
    path: PATHS.liveTicket,
    summary: 'A ticket to connect to the WebSocket with',
    description: `To be given as \`/live?ticket=…\` within ${TICKET_SECONDS} seconds, once.`,
    pathParameters: NOTHING,
    query: NOTHING,
    answer: liveTicket,
  },
} as const satisfies Readonly<Record<keyof typeof PATHS, Route>>;

export type RouteName = keyof typeof ROUTES;

export type Answer<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['answer']>;

export type Query<Name extends RouteName> = z.infer<(typeof ROUTES)[Name]['query']>;
