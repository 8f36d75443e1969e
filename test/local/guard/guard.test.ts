import { describe, expect, test } from 'vitest';
import { refusalOf, type Callers } from '../../../lib/local/guard.ts';

interface Asked {
  readonly url?: string;
  readonly method?: string;
  readonly port?: number;
}

function statusOf(callers: Callers, headers: Readonly<Record<string, string | undefined>>, asked: Asked = {}): number {
  const { url = '/', method = 'GET', port = 4000 } = asked;
  const named = { host: `127.0.0.1:${port}`, ...headers };
  const rawHeaders = Object.entries<string | undefined>(named).flatMap(([name, value = '']) => [name, value]);
  return refusalOf({ headers: named, rawHeaders, url, method, socket: { localPort: port } }, callers)?.status ?? 200;
}

const ANY: readonly Callers[] = ['programs', 'programs and own pages'];

describe.each(ANY)('a server for %s', (callers) => {
  test.each(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000', 'LocalHost:4000'])('is %s', (host) => {
    expect(statusOf(callers, { host })).toBe(200);
  });

  test.each([
    'evil.example',
    'evil.example:4000',
    '127.0.0.1',
    'localhost:4001',
    '127.0.0.1:4000.evil.example',
    'localhost.evil.example:4000',
    'evil.example:4000@127.0.0.1:4000',
    '0.0.0.0:4000',
    '127.0.0.2:4000',
    '[::]:4000',
    '127.1:4000',
    '2130706433:4000',
    '127.0.0.1:4000, evil.example',
    ' ',
    '',
  ])('is not %j', (host) => {
    expect(statusOf(callers, { host })).toBe(421);
  });

  test('is called by its name alone where it has the usual port', () => {
    expect(statusOf(callers, { host: 'localhost' }, { port: 80 })).toBe(200);
    expect(statusOf(callers, { host: 'localhost:80' }, { port: 80 })).toBe(200);
  });

  test.each(['http://evil.example/', 'http://127.0.0.1:4000/', 'evil.example:443', ''])('is no proxy to %j', (url) => {
    expect(statusOf(callers, {}, { url })).toBe(421);
  });

  test('is not to be told two hosts', () => {
    const headers = { host: '127.0.0.1:4000' };
    const rawHeaders = ['Host', '127.0.0.1:4000', 'host', 'evil.example'];
    const refusal = refusalOf({ headers, rawHeaders, url: '/', method: 'GET', socket: { localPort: 4000 } }, callers);
    expect(refusal).toMatchObject({ status: 400, message: 'a request must name the host once (given 2 times)' });
  });

  test('looks at both names that HTTP/2 has for the host', () => {
    expect(statusOf(callers, { ':authority': '127.0.0.1:4000' })).toBe(200);
    expect(statusOf(callers, { ':authority': 'evil.example' })).toBe(421);
    expect(statusOf(callers, { ':authority': '127.0.0.1:4000', host: 'evil.example' })).toBe(421);
  });

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:4001' },
    { origin: 'https://127.0.0.1:4000' },
    { origin: 'http://127.0.0.1:4000.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ])('does not answer pages of others: %j', (headers) => {
    expect(statusOf(callers, headers)).toBe(403);
  });
});

describe('a page', () => {
  test.each([
    { origin: 'http://127.0.0.1:4000' },
    { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ])('is answered by the server that it is from, and by no other: %j', (headers) => {
    expect(statusOf('programs and own pages', headers)).toBe(200);
    expect(statusOf('programs', headers)).toBe(403);
  });

  test('may lead here by a link, but not send a form', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(statusOf('programs and own pages', link)).toBe(200);
    expect(statusOf('programs', link)).toBe(403);
    expect(statusOf('programs and own pages', link, { method: 'POST' })).toBe(403);
    expect(statusOf('programs and own pages', { ...link, origin: 'https://evil.example' }, { method: 'POST' })).toBe(
      403,
    );
  });
});

test('what was given is quoted, but not at any length', () => {
  const headers = { host: `evil${'l'.repeat(10_000)}.example` };
  const asked = { headers, rawHeaders: Object.entries(headers).flat(), url: '/', method: 'GET' };
  const { message = '' } = refusalOf({ ...asked, socket: { localPort: 4000 } }, 'programs') ?? {};
  expect(message).toMatch(
    /^this server is 127\.0\.0\.1:4000, localhost:4000, \[::1\]:4000 and nobody else \(asked for "evil/,
  );
  expect(message.length).toBeLessThan(250);
});
