import { expect, test } from 'vitest';
import { MemoryCloud, SECOND } from '../../cloud/memory-cloud.ts';
import { sampleLines } from '../../cloud/sample-events.ts';
import { dropLog } from '../../cloud/upload-event.ts';
import { load, logOf } from './batch-log-setup.ts';

test.each([
  [true, 0],
  [false, 30 * SECOND],
])('a load waits for requests that may still be carried out (all answered: %j)', async (isAnswered, waited) => {
  const cloud = new MemoryCloud();
  const createUsers = cloud.state.createUsers.bind(cloud.state);
  cloud.state.createUsers = async (...users) => (await createUsers(...users)) && isAnswered;
  const drop = await dropLog(cloud, 'batch_log.json', logOf('{"D":"2", "T":"5"}', sampleLines(50, 3)));
  const start = cloud.now;
  await load(cloud, drop);
  expect(cloud.now - start).toBe(waited);
});
