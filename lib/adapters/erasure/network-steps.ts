import { loadOfGeneration } from '../../core/cloud/commits.ts';
import { logKeysOf } from '../../core/cloud/drop.ts';
import type { Deletion } from '../../core/cloud/head.ts';
import {
  bodyPrefix,
  flaggedPrefix,
  redrivenOfNetworkPrefix,
  rejectedPrefix,
  reportPrefix,
  versionInKey,
} from '../../core/cloud/object-keys.ts';
import { isLastPass, type Erasure, type ErasureTarget } from '../../core/erasure/erasure.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { ListedObject, ObjectStore } from '../objects/object-store.ts';
import { deleteNetwork, endDeletion } from './delete-network.ts';
import { editObjects } from './edit-objects.ts';
import { wholeStep, type ErasureOptions, type ErasureStep, type ErasureWork } from './erasure-step.ts';
import { failureStep } from './failure-step.ts';

/** No function runs for longer: what it wrote late, it wrote by then. */
const LONGEST_INVOCATION_MS = 15 * 60 * 1000;

const OUTPUTS = [
  ['flagged objects', flaggedPrefix],
  ['objects of rejected lines', rejectedPrefix],
  ['reports', reportPrefix],
] as const;

/** Deletes a network, and gives all else that it takes to remove it. */
export async function networkSteps(
  { target, erasure }: { readonly target: ErasureTarget & { readonly kind: 'network' }; readonly erasure: Erasure },
  options: ErasureOptions,
): Promise<ErasureStep[]> {
  const { network } = target;
  const { state, journal, output } = options;
  const deletion = await deletionOf(network, erasure, options);
  const newLogs = await logsSince(network, deletion, options);
  const choose = (object: ListedObject): 'keep' | 'remove' => (isFrom(object, deletion, newLogs) ? 'remove' : 'keep');
  const objects = (kind: string, bucket: ObjectStore, prefix: string): ErasureStep =>
    editObjects({ name: kind, kind, bucket, prefix, choose });
  return [
    wholeStep('logs', (work) => purgeLogs(network, deletion, { work, options })),
    wholeStep('load', (work) => deleteLoad(network, deletion, { work, options })),
    wholeStep('users', (work) => deleteUsers(network, work, options)),
    wholeStep('flags', async ({ removed }) => {
      removed('flags with their why', await state.editFlags(network, deletion.version, () => undefined));
    }),
    objects('bodies of commits', journal, bodyPrefix(network)),
    objects('marks of what was put back', journal, redrivenOfNetworkPrefix(network)),
    ...OUTPUTS.map(([kind, prefixOf]) => objects(kind, output, prefixOf(network))),
    wholeStep('sources', async ({ removed }) => {
      const old = logKeysOf(network, 'stream_log.json').filter((key) => !newLogs.includes(key));
      removed('positions in stream logs', await state.deleteProgress(old.map((key) => `${key}@`)));
    }),
    failureStep(target, journal),
    wholeStep('end', async () => (isLastPass(erasure) ? endDeletion(network, options) : undefined)),
  ];
}

/** Also of a network that is not known: what was dropped or put for it may be under way. */
async function deletionOf(network: NetworkName, erasure: Erasure, options: ErasureOptions): Promise<Deletion> {
  const { log, now, sleep } = options;
  if (erasure.passes > 0) return (await log.head(network)).deleted ?? { version: 0, at: erasure.askedAt };
  const deletion = await deleteNetwork(network, erasure.askedAt, options);
  await sleep(Math.max(0, deletion.at - now()));
  return deletion;
}

interface StepContext {
  readonly work: ErasureWork;
  readonly options: ErasureOptions;
}

async function purgeLogs(network: NetworkName, { at }: Deletion, { work, options }: StepContext): Promise<void> {
  for (const key of allLogs(network)) work.removed('versions of dropped logs', await options.input.purge(key, at));
}

/** Without it, whoever is loading stops, and a load of what was dropped before is refused. */
async function deleteLoad(network: NetworkName, { at }: Deletion, { work, options }: StepContext): Promise<void> {
  const load = await options.state.readLoad(network);
  if (load === undefined || load.startedAt >= at) return;
  work.removed('loads', Number(await options.state.deleteLoad(network, load.token)));
}

/** Of all generations before the network's own, whoever still writes them. */
async function deleteUsers(network: NetworkName, work: ErasureWork, { state, log }: ErasureOptions): Promise<void> {
  const { generation } = await log.head(network);
  work.removed('items of users', await state.deleteGenerations(network, loadOfGeneration(generation)));
}

/** The logs of the network that were dropped after its deletion. */
async function logsSince(network: NetworkName, { at }: Deletion, { input }: ErasureOptions): Promise<string[]> {
  const found = await Promise.all(allLogs(network).map(async (key) => ({ key, object: await input.find(key) })));
  return found
    .filter(({ object }) => object !== undefined && object.lastModified.getTime() >= at)
    .map(({ key }) => key);
}

function allLogs(network: NetworkName): string[] {
  return [...logKeysOf(network, 'batch_log.json'), ...logKeysOf(network, 'stream_log.json')];
}

/** Whether an object is from before the deletion: by its version; or by its time, where it tells of a log, and was perhaps just being written. */
function isFrom({ key, lastModified }: ListedObject, { version, at }: Deletion, newLogs: readonly string[]): boolean {
  const own = versionInKey(key);
  if (own !== undefined) return own <= version;
  const isOfNewLog = newLogs.some((log) => key.includes(`/${log.replaceAll('/', '-')}-`));
  return lastModified.getTime() < (isOfNewLog ? at : at + LONGEST_INVOCATION_MS);
}
