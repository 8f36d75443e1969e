import { describe, expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../lib/adapters/objects/memory-object-store.ts';
import { CurrentModel } from '../../../lib/adapters/transactions/current-model.ts';
import { ModelStore, UnusableModel } from '../../../lib/adapters/transactions/model-store.ts';
import { MODELS } from '../../simulation/transactions/models.ts';

const [one, other] = MODELS;
const POINTER = 'models/current.json';

class Setup {
  readonly bucket = new MemoryObjectStore();
  readonly models = new ModelStore(this.bucket);
  readonly refused: (string | undefined)[] = [];
  now = 1_000_000;

  async publish(model = one!): Promise<string> {
    this.now += 1000;
    return (await this.models.publish(model, { now: this.now, token: 'tok' })).version;
  }

  start(): CurrentModel {
    const onRefused = (version: string | undefined): void => void this.refused.push(version);
    return new CurrentModel({ models: this.models, now: () => this.now, onRefused });
  }
}

describe('models in a bucket', () => {
  test('come back as they were, the latest first', async () => {
    const { models, ...setup } = new Setup();
    expect(await models.latest()).toEqual([]);
    const described = await models.publish(one!, { now: 1000, token: 'a' });
    await models.publish(other!, { now: 500, token: 'b' });
    expect((await models.latest()).map(({ version }) => version)).toEqual([
      '19700101T000001000Z-a',
      '19700101T000000500Z-b',
    ]);
    expect((await models.read(described)).save()).toEqual(one!.save());
    expect(described).toMatchObject({ bytes: one!.save().length, report: one!.report });
    expect(setup.refused).toEqual([]);
  });

  test('are deleted once five newer ones are there', async () => {
    const setup = new Setup();
    for (let count = 0; count < 7; count++) await setup.publish();
    const keys: string[] = [];
    for await (const { key } of setup.bucket.list('models/')) keys.push(key);
    expect(keys).toHaveLength(6);
    expect(await setup.models.latest()).toHaveLength(5);
  });

  test('that are trained at the same time are all listed, and the later one is the latest', async () => {
    const { models } = new Setup();
    await Promise.all(['a', 'b', 'c'].map((token, index) => models.publish(one!, { now: 3000 - 1000 * index, token })));
    expect((await models.latest()).map(({ version }) => version.slice(-1))).toEqual(['a', 'b', 'c']);
  });

  test('do not go back where a list that was put long ago arrives late', async () => {
    const setup = new Setup();
    await setup.publish();
    const replace = setup.bucket.replace.bind(setup.bucket);
    let late: (() => Promise<boolean>) | undefined;
    setup.bucket.replace = async (...given) => {
      late = () => replace(...given);
      return replace(...given);
    };
    await setup.publish(other);
    const arrivesLate = late;
    const version = await setup.publish();
    expect(await arrivesLate!()).toBe(false);
    expect((await setup.models.latest())[0]?.version).toBe(version);
  });

  test('are listed once where the reply was lost, and the list was put again', async () => {
    const setup = new Setup();
    const replace = setup.bucket.replace.bind(setup.bucket);
    setup.bucket.replace = async (...given) => (await replace(...given)) && false;
    const version = await setup.publish();
    expect((await setup.models.latest()).map((model) => model.version)).toEqual([version]);
  });

  test('are not published where others are always first', async () => {
    const setup = new Setup();
    setup.bucket.replace = async () => false;
    await expect(setup.publish()).rejects.toThrow('others have changed models/current.json first, 10 times in a row');
  });

  test('are not read where they are damaged, of another format, or gone', async () => {
    const setup = new Setup();
    await setup.publish();
    const [described] = await setup.models.latest();
    const later = setup.models.read({ ...described!, format: 99 });
    await expect(later).rejects.toThrow('cannot be used: its format is 99, this version of Flagstone reads format 1');
    await expect(later).rejects.toThrow(UnusableModel);
    await expect(setup.models.read({ ...described!, sha256: 'x' })).rejects.toThrow('its checksum is another');
    await setup.bucket.remove([described!.key]);
    await expect(setup.models.read(described!)).rejects.toThrow('it is gone');
  });

  test.each([0, 2])('are neither read nor listed anew where the list is of format %d, which stays', async (format) => {
    const setup = new Setup();
    await setup.publish();
    const list = Buffer.from(await setup.bucket.get(POINTER))
      .toString()
      .replace('"format": 1', `"format": ${format}`);
    await setup.bucket.put(POINTER, list);
    const refusal = `the stored list of models cannot be read: its format is ${format}, this version of Flagstone reads format 1`;
    await expect(setup.models.latest()).rejects.toThrow(refusal);
    await expect(setup.publish(other)).rejects.toThrow(refusal);
    expect(Buffer.from(await setup.bucket.get(POINTER)).toString()).toBe(list);
  });

  test('that are whole, and cannot be restored, are not used either', async () => {
    const setup = new Setup();
    const strange = { report: one!.report, save: () => Buffer.from('strange') } as unknown as typeof one;
    await setup.publish(strange);
    const [described] = await setup.models.latest();
    await expect(setup.models.read(described!)).rejects.toThrow(UnusableModel);
  });
});

describe('the current model', () => {
  test('is none before the first training, and a new one is taken up within half a minute', async () => {
    const setup = new Setup();
    const current = setup.start();
    expect(await current.get()).toBeUndefined();
    const version = await setup.publish();
    expect(await current.get()).toBeUndefined();
    setup.now += 30_000;
    expect((await current.get())?.version).toBe(version);
  });

  test('stays where the new one is damaged, which is told once', async () => {
    const setup = new Setup();
    const good = await setup.publish();
    const [running, cold] = [setup.start(), setup.start()];
    await running.get();
    const bad = await setup.publish(other);
    await setup.bucket.put(`models/${bad}.bin`, 'damaged');
    for (const model of [running, cold]) {
      for (let look = 0; look < 3; look++) {
        setup.now += 30_000;
        expect((await model.get())?.version).toBe(good);
      }
    }
    expect(setup.refused).toEqual([bad, bad]);
  });

  test('stays where it cannot be looked for another, and is waited for where there is none yet', async () => {
    const setup = new Setup();
    const version = await setup.publish();
    const [running, cold] = [setup.start(), setup.start()];
    await running.get();
    setup.bucket.open = () => Promise.reject(new Error('S3 is slow'));
    setup.now += 30_000;
    expect((await running.get())?.version).toBe(version);
    await expect(cold.get()).rejects.toThrow('S3 is slow');
    expect(setup.refused).toEqual([undefined]);
  });
});
