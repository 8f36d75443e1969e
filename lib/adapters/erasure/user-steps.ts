import { decodeBody, encodeBody } from '../../core/cloud/body-codec.ts';
import { loadOfGeneration } from '../../core/cloud/commits.ts';
import { forgettingOf } from '../../core/cloud/deletions.ts';
import type { Deletion } from '../../core/cloud/head.ts';
import { bodyPrefix, flaggedPrefix, rejectedPrefix, reportPrefix, versionInKey } from '../../core/cloud/object-keys.ts';
import { isLastPass, type Erasure } from '../../core/erasure/erasure.ts';
import {
  bodyWithoutUser,
  flagWithoutUser,
  linesWithoutUser,
  reportWithoutUser,
} from '../../core/erasure/without-user.ts';
import type { UserId } from '../../core/events/event.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import type { ListedObject, ObjectStore } from '../objects/object-store.ts';
import { editObjects } from './edit-objects.ts';
import { wholeStep, type ErasureOptions, type ErasureStep, type ErasureWork } from './erasure-step.ts';
import { endForgetting, forgetUser } from './forget-user.ts';
import { removeLogsNaming } from './remove-logs.ts';

export interface ForgettingSteps {
  readonly network: NetworkName;
  readonly user: UserId;
  readonly erasure: Erasure;
}

/** Has a network forget a user, and gives all else that it takes to remove them from it. */
export async function userSteps(
  { network, user, erasure }: ForgettingSteps,
  options: ErasureOptions,
): Promise<ErasureStep[]> {
  const { state, journal, output } = options;
  const deletion = await deletionOf({ network, user, erasure }, options);
  const ofBefore = ({ key }: ListedObject): 'keep' | 'edit' =>
    (versionInKey(key) ?? 0) <= deletion.version ? 'edit' : 'keep';
  const objects = (kind: string, bucket: ObjectStore, place: ObjectPlace): ErasureStep =>
    editObjects({ name: `${kind} of ${network}`, kind, bucket, choose: ofBefore, ...place });
  return [
    wholeStep(`users of ${network}`, (work) => deleteGenerations(network, work, options)),
    wholeStep(`flags of ${network}`, async ({ removed }) => {
      const edited = await state.editFlags(network, deletion.version, (flag) => flagWithoutUser(flag, user));
      removed('flags with their why', edited);
    }),
    objects('bodies of commits', journal, { prefix: bodyPrefix(network), edit: (text) => withoutUser(text, user) }),
    objects('flagged objects', output, {
      prefix: flaggedPrefix(network),
      edit: (text) => linesWithoutUser(text, user),
    }),
    objects('objects of rejected lines', output, {
      prefix: rejectedPrefix(network),
      edit: (text) => linesWithoutUser(text, user),
    }),
    objects('reports', output, { prefix: reportPrefix(network), edit: (text) => reportWithoutUser(text, user) }),
    wholeStep(`logs of ${network}`, (work) => removeLogsNaming({ network, user, deletion }, work, options)),
    wholeStep(`end of ${network}`, async () => {
      const flush = async (): Promise<unknown> => options.openSession(network).flush();
      return isLastPass(erasure) ? endForgetting({ network, user }, { ...options, flush }) : undefined;
    }),
  ];
}

interface ObjectPlace {
  readonly prefix: string;
  readonly edit: (text: string) => string;
}

async function deletionOf({ network, user, erasure }: ForgettingSteps, options: ErasureOptions): Promise<Deletion> {
  const { log, openSession, now, sleep } = options;
  if (erasure.passes > 0) return forgettingOf(await log.head(network), user) ?? { version: 0, at: erasure.askedAt };
  const deletion = await forgetUser({ network, user, since: erasure.askedAt }, options);
  // From here on nobody reads the bodies up to the commit.
  await openSession(network).flush();
  await sleep(Math.max(0, deletion.at - now()));
  return deletion;
}

/** Users of generations that are no network's any more; those that a load leaves behind housekeeping deletes. */
async function deleteGenerations(
  network: NetworkName,
  { removed }: ErasureWork,
  { state, log }: ErasureOptions,
): Promise<void> {
  const { generation } = await log.head(network);
  removed('items of users', await state.deleteGenerations(network, loadOfGeneration(generation)));
}

function withoutUser(text: string, user: UserId): string {
  const body = decodeBody(text);
  const left = bodyWithoutUser(body, user);
  return left === body ? text : encodeBody(left);
}
