import { logKeysOf } from '../../core/cloud/drop.ts';
import type { Deletion } from '../../core/cloud/head.ts';
import { reportPrefix } from '../../core/cloud/object-keys.ts';
import { namesUser } from '../../core/erasure/names-user.ts';
import type { UserId } from '../../core/events/event.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { FoundObject, ObjectStore, OpenObject } from '../objects/object-store.ts';
import { unzip } from '../unzip.ts';
import type { ErasureOptions, ErasureWork } from './erasure-step.ts';

interface NamedUser {
  readonly network: NetworkName;
  readonly user: UserId;
  readonly deletion: Deletion;
}

/**
 * Removes the dropped logs of a network that name a user, whole: each has done its work. One that has not been dealt with yet
 * is left for the next time; whoever deals with it leaves the user out.
 */
export async function removeLogsNaming(named: NamedUser, work: ErasureWork, options: ErasureOptions): Promise<void> {
  const { network, user, deletion } = named;
  const { input } = options;
  for (const name of ['batch_log.json', 'stream_log.json'] as const) {
    for (const key of logKeysOf(network, name)) {
      const found = await input.find(key);
      const isNew = found !== undefined && found.lastModified.getTime() >= deletion.at;
      if (found === undefined || isNew) {
        work.removed('versions of dropped logs', await input.purge(key, deletion.at));
      } else if (!(await isDone(network, key, { found, options }))) {
        work.removed('dropped logs that are still under way, left for the next time', 0);
      } else if (await namesIn(input, key, user)) {
        work.removed('versions of dropped logs', await input.purge(key, deletion.at));
      } else {
        // Older versions may name the user though the last one does not.
        work.removed('versions of dropped logs', await input.purge(key, deletion.at, found));
      }
    }
  }
}

interface FoundLog {
  readonly found: FoundObject;
  readonly options: ErasureOptions;
}

/** Whether a log has been dealt with: its report, which comes last, is there. */
async function isDone(network: NetworkName, key: string, { found, options }: FoundLog): Promise<boolean> {
  const start = `${reportPrefix(network)}${key.replaceAll('/', '-')}-`;
  for await (const { lastModified } of options.output.list(start)) {
    if (lastModified.getTime() >= found.lastModified.getTime()) return true;
  }
  const { loaded } = await options.log.head(network);
  return Object.values(loaded).some(({ at }) => at > found.lastModified.getTime());
}

async function namesIn(input: ObjectStore, key: string, user: UserId): Promise<boolean> {
  const object = await input.open(key);
  try {
    for await (const line of linesOf(object, key)) if (namesUser(line, user)) return true;
    return false;
  } catch (error) {
    // A log that cannot be unzipped holds nobody who could be found.
    if (key.endsWith('.gz') && error instanceof Error && 'code' in error) return true;
    throw error;
  } finally {
    object.discard();
  }
}

async function* linesOf({ body }: OpenObject, key: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of key.endsWith('.gz') ? unzip(body) : body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
