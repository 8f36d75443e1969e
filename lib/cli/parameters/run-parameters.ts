import { readHeads } from '../../adapters/network/read-heads.ts';
import { CommitLog } from '../../adapters/network/commit-log.ts';
import { changeParameters } from '../../adapters/network/change-parameters.ts';
import { WORLD } from '../../adapters/world.ts';
import type { Head } from '../../core/cloud/head.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { readKnownHead } from '../networks.ts';
import { paintFor, type Paint } from '../terminal/paint.ts';
import { print } from '../terminal/print.ts';
import { tableLines } from '../terminal/table.ts';
import { UsageError, valueOf } from '../usage-error.ts';
import type { ParametersChange, ParametersRequest } from './request.ts';

/** Changes the parameters of a network if asked to, and then prints how they are. */
export async function runParameters(request: ParametersRequest, system: System, host: Host): Promise<void> {
  if (request.change !== undefined) await change(request.change, system);
  const state = await system.openState();
  const head = request.network && (await readKnownHead(state, request.network));
  const heads = request.network === undefined ? await readHeads(state) : [head].filter((known) => known !== undefined);
  await print(host.stdout, request.json ? jsonLines(heads) : forPeople(heads, paintFor(host.stdout)));
}

async function change({ network, given }: ParametersChange, system: System): Promise<void> {
  const state = await system.openState();
  const head = await readKnownHead(state, network);
  const begin = head === undefined ? system.defaults : { parameters: head.parameters, kept: head.kept };
  if (begin === undefined) {
    throw new UsageError(
      `nothing has come to the network ${network} yet, and ${system.name} does not tell what it begins with`,
    );
  }
  const journal = await system.openBucket('journalBucket');
  const output = await system.openBucket('outputBucket');
  const log = new CommitLog({ state, journal, defaults: begin.parameters, keptPurchases: begin.kept });
  valueOf(await changeParameters(network, given, { ...WORLD, log, stores: { state, output } }));
}

function jsonLines(heads: readonly Head[]): string {
  return heads.map((head) => `${JSON.stringify(shownOf(head))}\n`).join('');
}

function forPeople(heads: readonly Head[], paint: Paint): string {
  if (heads.length === 0) return 'There is no network yet: the first batch log or the first events make one.\n';
  const rows = heads.map((head) => Object.values(shownOf(head)).map(String));
  const [header = '', ...lines] = tableLines([HEADER, ...rows]);
  return [paint('dim', header), ...lines].map((line) => `${line}\n`).join('');
}

const HEADER = ['network', 'degrees (D)', 'tracked (T)', 'kept', 'version', 'load'];

function shownOf({ network, parameters, kept, version, load }: Head): Readonly<Record<string, string | number>> {
  return { network, degrees: parameters.degrees, tracked: parameters.tracked, kept, version, load };
}
