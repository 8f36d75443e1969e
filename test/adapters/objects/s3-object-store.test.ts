import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { S3ObjectStore } from '../../../lib/adapters/objects/s3-object-store.ts';
import { testObjectStore } from '../../contracts/object-store.contract.ts';
import { SimulatedS3 } from '../../simulation/services/simulated-s3.ts';
import { Clock } from '../../simulation/world/clock.ts';
import { Draws } from '../../simulation/world/draws.ts';
import { Faults } from '../../simulation/world/faults.ts';

describe('the object store on S3', () => {
  testObjectStore(async () => {
    const draws = new Draws(1);
    const clock = new Clock(draws);
    const s3 = new SimulatedS3({ draws, clock, faults: new Faults(draws, 0) });
    const client = {
      send: async ({ constructor: { name }, input }: { constructor: { name: string }; input: object }) =>
        s3.execute({ name, input: input as Record<string, unknown> }),
    };
    return {
      store: new S3ObjectStore({ client: client as Pick<S3Client, 'send'>, bucket: 'bucket' }),
      passASecond: async () => {
        clock.advanceTo(clock.now + 1000);
      },
    };
  });

  test('says what could not be deleted', async () => {
    const s3 = mockClient(S3Client);
    s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'b', Code: 'AccessDenied', Message: 'Access Denied' }] });
    const store = new S3ObjectStore({ client: new S3Client({}), bucket: 'bucket' });
    await expect(store.remove(['a', 'b'])).rejects.toThrow(
      '1 of 2 objects could not be deleted, the first of them b: AccessDenied Access Denied',
    );
  });

  test('passes on other errors than a missing object', async () => {
    const s3 = mockClient(S3Client);
    s3.onAnyCommand().rejects(Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' }));
    const store = new S3ObjectStore({ client: new S3Client({}), bucket: 'bucket' });
    await expect(store.find('a')).rejects.toThrow('Please reduce your request rate.');
    await expect(store.get('a')).rejects.toThrow('Please reduce your request rate.');
  });
});
