import { expect, test } from 'vitest';
import { checkAddresses, checkLocalApi } from '../../../lib/cli/status/check-addresses.ts';

const answering = (status: number) => async (url: string) => {
  asked.push(url);
  return { status };
};
const asked: string[] = [];

test('the API of a local run answers whoever asks', async () => {
  expect(await checkLocalApi('http://127.0.0.1:3000', answering(200))).toMatchObject({ name: '/api', healthy: true });
  expect(asked.at(-1)).toBe('http://127.0.0.1:3000/api/openapi.json');
  expect(await checkLocalApi('http://127.0.0.1:3000', answering(502))).toEqual({
    name: '/api',
    healthy: false,
    detail: 'answers 502, instead of 200',
  });
});

test('a stack of an earlier version, which does not tell its addresses, is to be deployed anew', async () => {
  const components = await checkAddresses({ http: undefined, sockets: { '/live': undefined } }, answering(200));
  expect(components.map(({ name, healthy }) => [name, healthy])).toEqual([
    ['/api', false],
    ['/live', false],
  ]);
  expect(components[0]?.detail).toContain('deploy it anew');
});
