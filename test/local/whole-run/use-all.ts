import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import { DynamoStateStore } from '../../../lib/adapters/state/dynamo-state-store.ts';
import type { NetworkName } from '../../../lib/core/network/network-name.ts';
import { ask, BAD_LINES, drop, friends, invoke, jsonLines, purchase, put, transaction, until } from './feed.ts';
import { openSocket, refusalOf } from './page.ts';
import { secretAmount, secretId, WORD } from './secrets.ts';
import { ticketOf, watchAndStream } from './watch-and-stream.ts';
import type { InjectedAnswer } from './guarded-services.ts';
import type { WholeRun } from './whole-run.ts';

const HEADER = { D: '2', T: '50' };

/** What pages, programs and schedules do with the system, one after the other. Gives the tickets that were handed out. */
export async function useAll(whole: WholeRun): Promise<string[]> {
  // There is no model yet.
  await ask(whole, '/api/stats');
  await dropLogs(whole);
  await flagPurchases(whole);
  const { tickets, close } = await watchAndStream(whole);
  await judgeTransactions(whole);
  await close();
  await askTheApi(whole);
  await keepHouse(whole);
  await breakThings(whole);
  await eraseSome(whole);
  await deploySite(whole);
  return tickets;
}

/** Under each name that a log can have. */
async function dropLogs(whole: WholeRun): Promise<void> {
  const events = [friends(secretId(1), secretId(2)), ...Array.from({ length: 6 }, (_, at) => bought(2, at))];
  const names = ['', '.gz'].flatMap((zip) => ['', 'shop/'].map((folder) => ({ folder, zip })));
  for (const { folder, zip } of names) {
    await drop(whole, `${folder}batch_log.json${zip}`, jsonLines([HEADER, ...events, ...BAD_LINES]));
    await drop(whole, `${folder}stream_log.json${zip}`, jsonLines([...events, ...BAD_LINES]));
  }
  await drop(whole, `${WORD}/${WORD}/batch_log.json`, WORD);
  await drop(whole, 'broken/batch_log.json', `{"D":"${WORD}"}`);
  await drop(whole, 'broken/stream_log.json.gz', '');
  await drop(whole, 'long/stream_log.json', `{"text":"${WORD.repeat(100_000)}"}`);
  // Nothing follows it: housekeeping will look whether its report is written.
  await drop(whole, 'idle/batch_log.json', jsonLines([HEADER, ...events]));
  await until('all logs have a report', async () => (await objects(whole, 'reports/')).length >= 12);
  const gone = {
    bucket: { name: whole.run.file.resources.inputBucket },
    object: { key: 'gone/batch_log.json', sequencer: '1' },
  };
  await invoke(whole, 'batch-log', { time: new Date().toISOString(), detail: gone });
}

function bought(user: number, index: number): object {
  return purchase(secretId(user), secretAmount(index));
}

/** Also in a network that no log has been loaded into, with lines that are none. */
async function flagPurchases(whole: WholeRun): Promise<void> {
  for (const network of ['shop', 'other']) {
    const usual = Array.from({ length: 5 }, (_, at) => purchase(secretId(2), secretAmount(at), network));
    await put(whole, secretId(1), [friends(secretId(1), secretId(2), network), ...usual, ...BAD_LINES]);
    await put(whole, network, [purchase(secretId(1), secretAmount(9, 1000), network), ...BAD_LINES]);
  }
  await until('both networks have flagged', async () => (await objects(whole, 'flagged/')).length >= 2);
  for (const network of ['shop', 'other']) await ask(whole, `/api/networks/${network}/users/${secretId(1)}`);
  // Whoever loads it makes sure first that what was flagged is written.
  await drop(whole, 'other/batch_log.json', jsonLines([HEADER, ...BAD_LINES]));
}

/** Enough to train on, several times, so that the oldest models go; then anomalies. */
async function judgeTransactions(whole: WholeRun): Promise<void> {
  const users = ['ann', 'ben'].map(secretId);
  for (const user of users) {
    for (let from = 0; from < 400; from += 100) {
      await put(
        whole,
        user,
        Array.from({ length: 100 }, (_, at) => transaction(user, from + at)),
      );
    }
  }
  await put(whole, 'bad', BAD_LINES);
  await until('there is enough to train on', async () => (await invoke(whole, 'train')).includes('"trained"'));
  for (let at = 0; at < 6; at++) await invoke(whole, 'train');
  for (const user of users)
    await put(whole, user, [transaction(user, 400), transaction(user, 400), transaction(user, 401)]);
  await put(whole, users[0]!, [{ ...transaction(users[0]!, 1), user_id: users[1] }]);
  await until('anomalies are found', async () => (await objects(whole, 'anomalies/')).length > 0);
}

/** Each route, well and badly, with secrets in paths, queries, headers and bodies. */
async function askTheApi(whole: WholeRun): Promise<void> {
  const [user, client] = [secretId('ann'), secretId('till')];
  const flags = (await (await ask(whole, '/api/flagged-purchases')).json()) as { items: { flag_id: string }[] };
  const [network, version, index] = flags.items[0]!.flag_id.split('/');
  const paths = [
    'transactions',
    'anomalies',
    'stats',
    'networks',
    'clients',
    'openapi.json',
    ...['severity=high', `category=${WORD}`, `user=${user}`, `min_amount=${secretAmount(1)}`].map(
      (query) => `transactions?${query}`,
    ),
    'anomalies?severity=medium',
    `transactions?limit=${WORD}&cursor=${WORD}`,
    `anomalies?${WORD}=${WORD}`,
    `users/${user}`,
    `users/${WORD}-unknown`,
    `flagged-purchases?user=${secretId(1)}`,
    `networks/${network}/flagged-purchases/${version}/${index}`,
    `networks/${network}/users/${secretId(1)}`,
    `networks/${WORD}/users/${secretId(1)}`,
    `clients/${client}`,
    `clients/${client}?after=${WORD}`,
    `clients/${WORD}-unknown`,
    `${WORD}/${WORD}?ticket=${WORD}`,
  ];
  const headers = { authorization: `Bearer ${WORD}-token`, cookie: WORD, 'user-agent': WORD };
  for (const path of paths) await ask(whole, `/api/${path}`, { headers });
  const why = `/api/networks/${network}/flagged-purchases/${version}/${index}`;
  const { origin } = (await (await ask(whole, why)).json()) as { readonly origin: { readonly object: string } };
  await outputOf(whole).remove([origin.object]);
  await ask(whole, why);
  await ask(whole, `/api/users/${user}`, { method: 'POST', headers, body: WORD.repeat(1000) });
}

/** Also after a load that left users behind, and a body that is old. */
async function keepHouse(whole: WholeRun): Promise<void> {
  const { clients, run } = whole;
  const state = new DynamoStateStore({
    client: clients.dynamodb,
    table: run.file.resources.stateTable,
    sleep: async () => undefined,
  });
  const load = await state.readLoad('shop' as NetworkName);
  if (load === undefined) throw new Error('nothing was loaded into shop');
  const abandoned = [{ generation: 'gone', since: 0 }];
  await state.writeLoad({ ...load, abandoned, token: 'abcdefgh' }, load.token);
  makeBodiesOld(whole);
  await invoke(whole, 'housekeeping');
}

/** S3 tells housekeeping of a body of long ago. */
function makeBodiesOld({ guard }: WholeRun): void {
  guard.faults.push(({ service, caller, url }) => {
    if (service !== 's3' || caller !== 'housekeeping' || !/prefix=bodies/.test(url)) return undefined;
    const key = 'bodies/network=shop/000000000000-abcdefgh.json';
    const entry = `<Contents><Key>${key}</Key><LastModified>2020-01-01T00:00:00.000Z</LastModified><Size>1</Size></Contents>`;
    return { status: 200, body: `<ListBucketResult><IsTruncated>false</IsTruncated>${entry}</ListBucketResult>` };
  });
}

/** Functions whose requests are refused once each, in words that quote them. */
const BROKEN = [
  'api',
  'batch-log',
  'housekeeping',
  'live-authorizer',
  'live-events',
  'live-updates',
  'series',
  'train',
  'transactions',
];

/** Each of these once cannot read what it has read, and once is refused what it writes. Gives when all have been. */
async function breakThings(whole: WholeRun): Promise<void> {
  const broken = new Set<string>();
  const once = (name: string, answer: () => InjectedAnswer): InjectedAnswer | undefined => {
    if (broken.has(name)) return undefined;
    broken.add(name);
    return answer();
  };
  whole.guard.faults.push(({ service, caller, method, body }) => {
    const quoted = JSON.stringify(`One or more parameter values were invalid: ${body.toString()}`);
    if (service === 'dynamodb' && BROKEN.includes(caller)) {
      const refused = {
        status: 400,
        body: `{"__type":"com.amazon.coral.validate#ValidationException","message":${quoted}}`,
      };
      return once(`${caller} dynamodb`, () => refused);
    }
    if (service !== 's3' || !BROKEN.includes(caller)) return undefined;
    if (method === 'GET') return once(`${caller} reads`, () => ({ status: 200, body: `${WORD} is no JSON` }));
    if (method !== 'PUT') return undefined;
    const message = `<Message>${WORD} ${secretAmount(1)}</Message>`;
    return once(`${caller} writes`, () => ({
      status: 400,
      body: `<Error><Code>InvalidArgument</Code>${message}</Error>`,
    }));
  });
  await useBriefly(whole);
  const missing = (): string[] => BROKEN.filter((name) => !broken.has(`${name} dynamodb`));
  await until(`each of ${BROKEN.join(', ')} has failed`, () => missing().length === 0);
}

async function useBriefly(whole: WholeRun): Promise<void> {
  const { live, series } = whole.run.file.endpoints as Record<string, string>;
  const user = secretId('ann');
  await put(whole, user, [purchase(secretId(1), secretAmount(9, 1000)), transaction(user, 402)]);
  await drop(whole, 'shop/batch_log.json', jsonLines([HEADER, friends(secretId(1), secretId(2))]));
  for (const path of [`users/${user}`, 'stats', `networks/shop/users/${secretId(1)}`]) await ask(whole, `/api/${path}`);
  await refusalOf(`${live}?ticket=${await ticketOf(whole)}`);
  const page = await openSocket(`${live}?ticket=${await ticketOf(whole)}`);
  page.say({ action: 'subscribe', topic: `client:${secretId('till')}` });
  await refusalOf(`${series}?client_id=${secretId('till')}&window=5`);
  await invoke(whole, 'train');
  for (let at = 0; at < 3; at++) await invoke(whole, 'housekeeping');
  page.socket.terminate();
}

/** A user, and a whole network. */
async function eraseSome(whole: WholeRun): Promise<void> {
  await invoke(whole, 'erase', { target: { user: secretId('ann') } });
  await invoke(whole, 'erase', { target: { network: 'other' } });
}

/** As CloudFormation has the dashboard's files put. */
async function deploySite(whole: WholeRun): Promise<void> {
  const answers: string[] = [];
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => answers.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?signature=${WORD}`;
  const event = {
    RequestType: 'Create',
    ResponseURL,
    StackId: 's',
    RequestId: 'r',
    LogicalResourceId: 'l',
    ResourceProperties: { SignIn: null },
  };
  await invoke(whole, 'dashboard-files', event);
  server.close();
  if (!answers.join('').includes('SUCCESS')) throw new Error(`the site was not put: ${answers.join('')}`);
}

/** The keys under a prefix of the output bucket. */
async function objects(whole: WholeRun, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of outputOf(whole).list(prefix)) keys.push(key);
  return keys;
}

function outputOf({ run, clients }: WholeRun): S3ObjectStore {
  return new S3ObjectStore({ client: clients.s3, bucket: run.file.resources.outputBucket });
}
