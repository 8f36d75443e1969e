import { ask, purchase, put, until } from './feed.ts';
import { openSocket, refusalOf, sayAndHear } from './page.ts';
import { secretAmount, secretId, WORD } from './secrets.ts';
import type { WholeRun } from './whole-run.ts';

interface Watching {
  readonly tickets: string[];
  /** Once the pages have been told of everything. */
  readonly close: () => Promise<void>;
}

/** Two pages and two connections of one client. */
export async function watchAndStream(whole: WholeRun): Promise<Watching> {
  const { live, series } = whole.run.file.endpoints as Record<string, string>;
  const client = secretId('till');
  const address = `${series}?client_id=${client}&window=5&token=${WORD}`;
  const points = await openSocket(address);
  for (let at = 0; at < 80; at++) {
    await sayAndHear(points, { timestamp: at, value: Number(secretAmount(at, at % 40 === 39 ? 1000 : 1)) }, 'anomaly');
  }
  const tickets = [await ticketOf(whole), await ticketOf(whole)];
  const pages = await Promise.all(tickets.map((ticket) => openSocket(`${live}?ticket=${ticket}`)));
  for (const topic of ['flagged', 'anomalies', `client:${client}`]) {
    for (const page of pages) await sayAndHear(page, { action: 'subscribe', topic }, 'subscribed');
  }
  const page = pages[0]!;
  for (const bad of [WORD, { action: WORD }, { action: 'subscribe', topic: WORD }])
    await sayAndHear(page, bad, 'error');
  await sayAndHear(page, { action: 'ping' }, 'pong');
  await sayAndHear(page, { action: 'unsubscribe', topic: 'flagged' }, 'unsubscribed');
  // Whichever page is lost, the other one is told of what is flagged.
  await sayAndHear(page, { action: 'subscribe', topic: 'flagged' }, 'subscribed');
  await sayAndHear(points, { timestamp: 200, value: Number(secretAmount(1)) }, 'anomaly');
  await until('a page is told of a point', () => page.heard.some((text) => text.includes('"position"')));
  for (const bad of [WORD, `{"value":${WORD}}`, { timestamp: WORD, value: WORD }, { points: [WORD] }]) {
    await sayAndHear(points, bad, 'error');
  }
  const numbered = await openSocket(`${address}&source=${WORD}&first=1`);
  await sayAndHear(numbered, { sequence: 1, timestamp: 300, value: 1 }, 'anomaly');
  points.say({ timestamp: 301, value: Number(secretAmount(1)) });
  await until('the connection that was taken over is closed', () => points.socket.readyState === points.socket.CLOSED);
  expectRefusals([await refusalOf(`${series}?client_id=${client}`), await refusalOf(`${live}?ticket=${WORD}`)]);
  await loseAPage(whole);
  const close = async (): Promise<void> => {
    const heard = (): string[] => pages.flatMap((one) => one.heard);
    await until('a page is told of what is flagged', () => heard().some((text) => text.includes('"topic":"flagged"')));
    await until('a page is told of anomalies', () => heard().some((text) => text.includes('"topic":"anomalies"')));
    for (const { socket } of [...pages, numbered]) socket.close();
    await until('the client is gone', () => whole.guard.used.has('series dynamodb:BatchWriteItem Clients'));
  };
  return { tickets, close };
}

function expectRefusals(statuses: readonly number[]): void {
  if (statuses.every((status) => status >= 400 && status < 500)) return;
  throw new Error(`a bad connection was let in: ${statuses.join(', ')}`);
}

export async function ticketOf(whole: WholeRun): Promise<string> {
  const headers = { authorization: `Bearer ${WORD}-token`, cookie: `session=${WORD}` };
  const answer = await ask(whole, '/api/live-tickets', { method: 'POST', headers });
  return ((await answer.json()) as { readonly ticket: string }).ticket;
}

/** A page that goes without a word: API Gateway says so when it is to be told something. */
async function loseAPage(whole: WholeRun): Promise<void> {
  let lost = 0;
  whole.guard.faults.push(({ service, caller, method }) => {
    if (service !== 'front' || caller !== 'live-publisher' || method !== 'POST' || lost > 0) return undefined;
    lost++;
    return { status: 410, headers: { 'x-amzn-errortype': 'GoneException' }, body: '{}' };
  });
  await put(whole, 'shop', [purchase(secretId(1), secretAmount(9, 1000))]);
  await until('a page is gone', () => lost > 0);
}
