import type { ErasureTarget } from '../../core/erasure/erasure.ts';
import type { Host } from '../host.ts';
import { print } from '../terminal/print.ts';
import { UsageError } from '../usage-error.ts';
import { nameIn, namedTarget } from './named-target.ts';

/** Has the user type the name of what is to be removed. @throws UsageError if they do not, or cannot be asked */
export async function confirm(target: ErasureTarget, system: string, host: Host): Promise<void> {
  if (host.stderr.isTTY !== true) {
    throw new UsageError('there is no terminal to ask on whether this is meant; say so with --yes');
  }
  const question = `This removes ${namedTarget(target)} from ${system}, and cannot be undone. Type the ${target.kind === 'network' ? 'name' : 'id'} to go on: `;
  await print(host.stderr, question);
  if ((await firstLine(host.stdin)) !== nameIn(target))
    throw new UsageError('that is another one; nothing was removed');
}

async function firstLine(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('\n')) break;
  }
  return (text.split('\n')[0] ?? '').replace(/\r$/, '');
}
