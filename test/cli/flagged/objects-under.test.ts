import { expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { objectsUnder, type Following } from '../../../lib/cli/flagged/objects-under.ts';

async function storeWith(keys: readonly string[]): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore();
  for (const key of keys) await store.put(key, key);
  return store;
}

async function all(texts: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = [];
  for await (const text of texts) collected.push(text);
  return collected;
}

/** Does something in each pause, and stops after the last. */
function following(...pauses: readonly (() => Promise<void>)[]): Following {
  const stop = new AbortController();
  const left = [...pauses];
  return {
    stopped: stop.signal,
    pause: async () => {
      await left.shift()?.();
      if (left.length === 0) stop.abort();
    },
  };
}

const twoBefore = (last: string): string => `a/${Number(last.slice(2)) - 2}`;

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `a/${String(at).padStart(3, '0')}`);

test('gives all objects under the prefix, in order', async () => {
  const keys = numbered(30);
  const store = await storeWith(['0', ...keys.toReversed(), 'b/1']);
  expect(await all(objectsUnder({ store, prefix: 'a/' }))).toEqual(keys);
  expect(await all(objectsUnder({ store, prefix: 'a/', after: 'a/027' }))).toEqual(['a/028', 'a/029']);
});

test('keeps the order though the first is the slowest to come', async () => {
  const store = await storeWith(numbered(12));
  let left = 12;
  const slow = {
    list: (prefix: string, after?: string) => store.list(prefix, after),
    get: async (key: string) => {
      for (let turn = left--; turn > 0; turn--) await Promise.resolve();
      return store.get(key);
    },
  };
  expect(await all(objectsUnder({ store: slow, prefix: 'a/' }))).toEqual(numbered(12));
});

test('goes on as objects appear, each once, and stops when told to', async () => {
  const store = await storeWith(['a/1']);
  const follow = following(
    async () => undefined,
    () => store.put('a/3', 'a/3'),
    () => store.put('a/2', 'too late'),
    () => store.put('a/4', 'a/4'),
    async () => undefined,
  );
  expect(await all(objectsUnder({ store, prefix: 'a/', follow }))).toEqual(['a/1', 'a/3', 'a/4']);
});

test('looks again where keys may still appear, and gives each once', async () => {
  const store = await storeWith(['a/1', 'a/5']);
  const follow = following(
    async () => undefined,
    () => store.put('a/4', 'late'),
    () => store.put('a/2', 'too late'),
    () => store.put('a/8', 'a/8'),
    () => store.put('a/7', 'late as well'),
    async () => undefined,
  );
  const texts = await all(objectsUnder({ store, prefix: 'a/', follow, lookAgainFrom: twoBefore }));
  expect(texts).toEqual(['a/1', 'a/5', 'late', 'a/8', 'late as well']);
});

test('stops between two objects', async () => {
  const store = await storeWith(numbered(3));
  const stop = new AbortController();
  const follow = { stopped: stop.signal, pause: () => Promise.reject(new Error('paused')) };
  const objects = objectsUnder({ store, prefix: 'a/', follow });
  await objects.next();
  stop.abort();
  expect(await objects.next()).toEqual({ done: true, value: undefined });
});

test('passes over an object that somebody deletes meanwhile', async () => {
  const store = await storeWith(numbered(3));
  const forgetful = {
    list: (prefix: string, after?: string) => store.list(prefix, after),
    get: async (key: string) => {
      await store.remove(['a/001']);
      return store.get(key);
    },
  };
  expect(await all(objectsUnder({ store: forgetful, prefix: 'a/' }))).toEqual(['a/000', 'a/002']);
});

test('fails if an object cannot be fetched, after those before it', async () => {
  const store = await storeWith(numbered(20));
  const broken = {
    list: (prefix: string, after?: string) => store.list(prefix, after),
    get: async (key: string) => {
      if (key >= 'a/002') throw new Error(`no ${key}`);
      return store.get(key);
    },
  };
  const seen: string[] = [];
  const reading = (async () => {
    for await (const text of objectsUnder({ store: broken, prefix: 'a/' })) seen.push(text);
  })();
  await expect(reading).rejects.toThrow('no a/002');
  expect(seen).toEqual(['a/000', 'a/001']);
});
