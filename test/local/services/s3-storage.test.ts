import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVERYTHING, Ledger } from '../../../lib/local/services/s3/storage/ledger.ts';
import type { Entry } from '../../../lib/local/services/s3/storage/entry.ts';
import { openStorage } from '../../../lib/local/services/s3/storage/storage.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function newLedger(): Promise<{ file: string; ledger: Ledger }> {
  const file = path.join(await temporaryFolder(), 'ledger.jsonl');
  return { file, ledger: await Ledger.open(file, () => undefined) };
}

const bucket = { do: 'create-bucket', bucket: 'b', at: 0, location: '' } as const;

function putOf(key: string, sequencer: string): Entry {
  const object = { key, size: 0, etag: 'e', lastModified: 0, sequencer, pieces: [], headers: {} };
  return { do: 'put', bucket: 'b', object };
}

async function put(ledger: Ledger, key: string): Promise<void> {
  await ledger.commit(`b/${key}`, (catalogue) => [putOf(key, catalogue.nextSequencer())]);
}

function refuse(): never {
  throw new Error('refused');
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  throw new Error('the client has gone');
}

describe('the ledger', () => {
  test('cuts off a line that a kill left half-written, and goes on behind the whole ones', async () => {
    const { file, ledger } = await newLedger();
    await ledger.commit(EVERYTHING, () => [bucket]);
    await put(ledger, 'whole');
    await ledger.close();
    await appendFile(file, '{"do":"delete","bucket":"b","ke');
    const again = await Ledger.open(file, () => undefined);
    await put(again, 'next');
    await again.close();
    const third = await Ledger.open(file, () => undefined);
    expect([...third.catalogue.buckets.get('b')!.objects.keys()]).toEqual(['whole', 'next']);
    await third.close();
  });

  test('decides one after the other on what is written, also when many ask at once', async () => {
    const { ledger } = await newLedger();
    await ledger.commit(EVERYTHING, () => [bucket]);
    const seen: boolean[] = [];
    const attempts = Array.from({ length: 10 }, () =>
      ledger.commit('b/once', (catalogue) => {
        const isThere = catalogue.buckets.get('b')!.objects.has('once');
        seen.push(isThere);
        return isThere ? [] : [putOf('once', catalogue.nextSequencer())];
      }),
    );
    await Promise.all(attempts);
    expect(seen.filter((isThere) => !isThere)).toHaveLength(1);
    await ledger.close();
  });

  test('goes on after a decision that was refused', async () => {
    const { ledger } = await newLedger();
    const outcomes = await Promise.allSettled([ledger.commit('x', refuse), ledger.commit('y', () => [bucket])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await ledger.close();
  });

  test('is written anew when most of it is past, with everything that counts', async () => {
    const { file, ledger } = await newLedger();
    await ledger.commit(EVERYTHING, () => [bucket, { do: 'notify', bucket: 'b', eventBridge: true }]);
    const keys = [0, 1, 2, 3, 4].map((index) => `key ${index}`);
    for (let round = 0; round < 400; round += 1) await Promise.all(keys.map((key) => put(ledger, key)));
    await ledger.close();
    expect((await readFile(file, 'utf8')).split('\n').length).toBeLessThan(1500);
    const again = await Ledger.open(file, () => undefined);
    const { objects, eventBridge } = again.catalogue.buckets.get('b')!;
    expect([...objects.keys()].toSorted()).toEqual(keys);
    expect(eventBridge).toBe(true);
    expect(Number.parseInt(again.catalogue.nextSequencer(), 16)).toBe(2001);
    await again.close();
  });
});

describe('the files of bytes', () => {
  test('go at the start if no object has them', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'bodies'));
    await writeFile(path.join(folder, 'bodies', 'half-way'), 'x');
    const { ledger } = await openStorage(folder);
    expect(await readdir(path.join(folder, 'bodies'))).toEqual([]);
    await ledger.close();
  });

  test('of which the source breaks off do not stay', async () => {
    const folder = await temporaryFolder();
    const { files, ledger } = await openStorage(folder);
    await expect(files.write(broken())).rejects.toThrow('the client has gone');
    expect(await readdir(path.join(folder, 'bodies'))).toEqual([]);
    await ledger.close();
  });
});
