import { expect, test } from 'vitest';
import { NoSuchObject, type ListedObject, type ObjectStore } from '../../lib/adapters/objects/object-store.ts';

export interface ObjectStoreUnderTest {
  readonly store: ObjectStore;
  /** Lets a second pass, as objects have no finer time. */
  readonly passASecond: () => Promise<void>;
}

/** What every object store has to do. `prepare` gives an empty one. */
export function testObjectStore(prepare: () => Promise<ObjectStoreUnderTest>): void {
  test('gives back what was put, bytes or text', async () => {
    const { store } = await prepare();
    const bytes = Uint8Array.from([0, 255, 13, 10, 128]);
    await store.put('a/bytes', bytes, 'application/octet-stream');
    await store.put('a/text', 'Grüße\n');
    await store.put('a/empty', '');

    expect(Uint8Array.from(await store.get('a/bytes'))).toEqual(bytes);
    expect(Buffer.from(await store.get('a/text')).toString()).toBe('Grüße\n');
    expect(await store.get('a/empty')).toHaveLength(0);
  });

  test('tells what was told with an object, until it is put without', async () => {
    const { store } = await prepare();
    await store.put('a', 'one', { contentType: 'text/plain', metadata: { request: 'r-1', records: 'shardId-0:1-2' } });
    expect((await store.find('a'))?.metadata).toEqual({ request: 'r-1', records: 'shardId-0:1-2' });
    expect((await store.open('a')).metadata).toEqual({ request: 'r-1', records: 'shardId-0:1-2' });
    await store.put('a', 'one', 'text/plain');
    expect((await store.find('a'))?.metadata).toEqual({});
  });

  test('keeps what was put when the caller goes on writing in it', async () => {
    const { store } = await prepare();
    const bytes = Uint8Array.from([1, 2]);
    await store.put('a', bytes);
    bytes[0] = 9;
    expect([...(await store.get('a'))]).toEqual([1, 2]);
  });

  test('replaces an object as a whole', async () => {
    const { store } = await prepare();
    await store.put('a', 'the first, longer one');
    await store.put('a', 'second');
    expect(Buffer.from(await store.get('a')).toString()).toBe('second');
  });

  test('replaces an object only where it is still the one that was found', async () => {
    const { store } = await prepare();
    expect(await store.replace('a', 'one', undefined)).toBe(true);
    expect(await store.replace('a', 'two', undefined)).toBe(false);
    const found = await store.find('a');
    expect(await store.replace('a', 'two', found)).toBe(true);
    expect(await store.replace('a', 'three', found)).toBe(false);
    expect(await store.replace('b', 'four', found)).toBe(false);
    expect(Buffer.from(await store.get('a')).toString()).toBe('two');
    expect(await store.find('b')).toBeUndefined();
  });

  test('opens an object for reading piece by piece', async () => {
    const { store } = await prepare();
    const body = Buffer.from('line\n'.repeat(60_000));
    await store.put('large', body);
    const opened = await store.open('large');
    const pieces: Uint8Array[] = [];
    for await (const piece of opened.body) pieces.push(piece);

    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(body)).toBe(true);
    expect(opened.size).toBe(body.length);
    expect(opened.identity).toBe((await store.find('large'))?.identity);
  });

  test('says which object there is not', async () => {
    const { store } = await prepare();
    await expect(store.get('a/none')).rejects.toThrow(new NoSuchObject('a/none'));
    await expect(store.open('a/none')).rejects.toThrow(NoSuchObject);
    expect(await store.find('a/none')).toBeUndefined();
  });

  test('gives an object another identity when its content or its time changes', async () => {
    const { store, passASecond } = await prepare();
    await store.put('a', 'one');
    const first = await store.find('a');
    expect(await store.find('a')).toEqual(first);
    expect(first?.size).toBe(3);

    await passASecond();
    await store.put('a', 'one');
    const again = await store.find('a');
    expect(again?.identity).not.toBe(first?.identity);
    expect(again!.lastModified.getTime()).toBeGreaterThan(first!.lastModified.getTime());

    await store.put('a', 'two');
    expect((await store.find('a'))?.identity).not.toBe(again?.identity);
  });

  test('lists the objects of a prefix in the order of their keys', async () => {
    const { store } = await prepare();
    for (const key of ['a/2', 'a/10', 'a/1', 'a/Z', 'a/é', 'a-', 'b/1']) await store.put(key, key);

    expect(await keysOf(store.list('a/'))).toEqual(['a/1', 'a/10', 'a/2', 'a/Z', 'a/é']);
    expect(await keysOf(store.list('a/', 'a/10'))).toEqual(['a/2', 'a/Z', 'a/é']);
    expect(await keysOf(store.list('a/', 'a/100'))).toEqual(['a/2', 'a/Z', 'a/é']);
    expect(await keysOf(store.list('c/'))).toEqual([]);
    const [first] = await all(store.list('b/'));
    expect(first).toEqual({ key: 'b/1', size: 3, lastModified: (await store.find('b/1'))?.lastModified });
  });

  test('lists and removes more objects than fit into one request', async () => {
    const { store } = await prepare();
    const keys = Array.from({ length: 1_203 }, (_, index) => `many/${String(index).padStart(5, '0')}`);
    await Promise.all(keys.map((key) => store.put(key, key)));
    await store.put('manyfold', 'stays');

    expect(await keysOf(store.list('many/'))).toEqual(keys);
    expect(await keysOf(store.list('many/', 'many/00100'))).toEqual(keys.slice(101));
    await store.remove(keys);
    expect(await keysOf(store.list('many'))).toEqual(['manyfold']);
  });

  test('purges an object as it was before a time', async () => {
    const { store, passASecond } = await prepare();
    for (const key of ['a', 'ab', 'b']) await store.put(key, key);
    const { lastModified } = (await store.find('a'))!;
    expect(await store.purge('a', lastModified.getTime())).toBe(0);
    await passASecond();
    await store.put('b', 'later');
    expect(await store.purge('a', lastModified.getTime() + 1)).toBe(1);
    expect(await store.purge('a', lastModified.getTime() + 1)).toBe(0);
    const later = await store.find('b');
    await store.purge('b', later!.lastModified.getTime() + 1, later);
    expect(await keysOf(store.list(''))).toEqual(['ab', 'b']);
    expect(Buffer.from(await store.get('b')).toString()).toBe('later');
  });

  test('removes what is there and does not mind what is not', async () => {
    const { store } = await prepare();
    await store.put('a', 'a');
    await store.remove(['a', 'never put']);
    await store.remove([]);
    expect(await store.find('a')).toBeUndefined();
  });
}

async function all(listed: AsyncIterable<ListedObject>): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const object of listed) objects.push(object);
  return objects;
}

async function keysOf(listed: AsyncIterable<ListedObject>): Promise<string[]> {
  return (await all(listed)).map(({ key }) => key);
}
