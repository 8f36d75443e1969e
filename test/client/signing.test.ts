import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { signWithAws, type AwsCredentials, type SignUrl } from '../../lib/client/sign-with-aws.ts';
import { answersOf, connect, point, startServer } from './client-setup.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const SESSION = { ...KEYS, sessionToken: 'FwoGZXIvYXdzEXAMPLE//////////wEaDK+/=' };
const API = 'wss://abc123.execute-api.eu-west-1.amazonaws.com/series';
const NOON = new Date('2026-11-21T10:00:00Z');

const sign = (credentials: AwsCredentials) =>
  signWithAws({ region: 'eu-west-1', credentials: async () => credentials, now: () => NOON });

describe('an address', () => {
  // Both as botocore 1.43.11 signs them, with SigV4QueryAuth at the same moment.
  test.each([
    [
      'client_id=till+7%2Fa&window=50&source=s-1&first=1',
      KEYS,
      'bea38efb4fe15a42abc0fd274e09101161b5567ba3590b03355f536a465ec769',
    ],
    ['client_id=%C3%A4(*)!%27~x&window=2', SESSION, '431b8d8e1e92058efab156ee46c0c242830e9b8fab4994c80600061f97662dab'],
  ])('with %s is signed as AWS wants it', async (query, credentials, signature) => {
    const signed = new URL(await sign(credentials)(`${API}?${query}`));
    expect(`${signed.protocol}//${signed.host}${signed.pathname}`).toBe(API);
    const { searchParams: given } = new URL(`${API}?${query}`);
    expect(Object.fromEntries(signed.searchParams)).toEqual({
      ...Object.fromEntries(given),
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20261121/eu-west-1/execute-api/aws4_request',
      'X-Amz-Date': '20261121T100000Z',
      'X-Amz-Expires': '300',
      'X-Amz-SignedHeaders': 'host',
      ...('sessionToken' in credentials && { 'X-Amz-Security-Token': credentials.sessionToken }),
      'X-Amz-Signature': signature,
    });
    expect(signed.search).not.toMatch(/[+!'()*]/);
  });

  test('does not hold the secret', async () => {
    expect(await sign(SESSION)(`${API}?client_id=a`)).not.toContain(encodeURIComponent(KEYS.secretAccessKey));
  });
});

describe('a client that signs', () => {
  test('signs each connection anew', async () => {
    const server = await startServer();
    let times = 0;
    const client = connect(server.url, { sign: async (url) => `${url}&signature=${++times}` });
    await once(client, 'connected');
    server.sockets[0]!.terminate();
    await once(client, 'connected');
    const signatures = server.requests.map((url) => new URLSearchParams(url.split('?')[1]).get('signature'));
    expect(signatures).toEqual(['1', '2']);
  });

  test('goes on when it could not sign for a while, and says why it waits', async () => {
    const server = await startServer();
    const faults = [new Error('the token service is away'), 'no reason'];
    const client = connect(server.url, {
      sign: async (url) => {
        const fault = faults.shift();
        if (fault !== undefined) throw fault;
        return url;
      },
    });
    const reasons: string[] = [];
    client.on('reconnecting', ({ reason }) => reasons.push(reason));
    const answers = answersOf(client);
    await client.send(point(1));
    await client.end();
    expect(answers).toHaveLength(1);
    expect(reasons).toEqual([
      'the address cannot be signed: the token service is away',
      'the address cannot be signed: no reason',
    ]);
  });

  test('that is closed meanwhile does not connect', async () => {
    const server = await startServer();
    let release: (url: string) => void = () => undefined;
    const sign = vi.fn<SignUrl>(() => new Promise((resolve) => (release = resolve)));
    const client = connect(server.url, { sign });
    client.close();
    release(`${server.url}?late`);
    await once(connect(server.url), 'connected');
    expect(sign).toHaveBeenCalledOnce();
    expect(server.requests.filter((url) => url.includes('late'))).toEqual([]);
  });

  test('tells why AWS does not let it in', async () => {
    const why = 'User: arn:aws:iam::1:user/ann is not authorized to perform: execute-api:Invoke';
    const server = await startServer({ refusal: () => ({ status: 403, body: JSON.stringify({ Message: why }) }) });
    const client = connect(server.url, { sign: async (url) => url });
    const [closed] = await once(client, 'closed');
    expect(closed).toMatchObject({ reason: 'refused', status: 403, message: expect.stringContaining(why) as string });
  });
});
