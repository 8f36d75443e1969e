import { accept, reject, type Parsed } from '../../core/events/event.ts';
import type { Head } from '../../core/cloud/head.ts';
import { parseDegrees, parseTracked, type NetworkParameters } from '../../core/events/log-header.ts';
import type { NetworkName } from '../../core/network/network-name.ts';
import { commitChange, type ChangeOptions } from './commit-change.ts';

/** Changes D, T or both from the next event on. A T of more purchases than are kept is refused. */
export async function changeParameters(
  network: NetworkName,
  given: Partial<NetworkParameters>,
  options: ChangeOptions,
): Promise<Parsed<NetworkParameters>> {
  let checked: Parsed<NetworkParameters> = reject('nothing has been read');
  await commitChange(
    network,
    (head) => {
      checked = check(head, given);
      return checked.ok && !isSame(head.parameters, checked.value)
        ? { head: { parameters: checked.value } }
        : undefined;
    },
    options,
  );
  return checked;
}

function check({ parameters, kept }: Head, given: Partial<NetworkParameters>): Parsed<NetworkParameters> {
  const degrees = parseDegrees(given.degrees ?? parameters.degrees, 'degrees');
  if (!degrees.ok) return degrees;
  const tracked = parseTracked(given.tracked ?? parameters.tracked, 'tracked');
  if (!tracked.ok) return tracked;
  if (tracked.value > kept) {
    return reject(
      `the tracked purchases must be at most the ${kept} that are kept per user of this network (given ${tracked.value}); ` +
        'for more, raise the setting keptPurchases and load the batch log again',
    );
  }
  return accept({ degrees: degrees.value, tracked: tracked.value });
}

function isSame(one: NetworkParameters, other: NetworkParameters): boolean {
  return one.degrees === other.degrees && one.tracked === other.tracked;
}
