import { afterEach, expect, test, vi } from 'vitest';
import { defaultProvider } from '../../lib/adapters/lambda-credentials.ts';

afterEach(() => vi.unstubAllEnvs());

test('the credentials of a function are those in its environment', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' };
  await expect(defaultProvider()()).resolves.toEqual(credentials);
});

test('an environment without credentials is an error that names what is missing', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID is missing');
});
