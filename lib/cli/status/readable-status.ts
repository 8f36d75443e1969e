import { counted } from '../terminal/numbers.ts';
import type { Paint } from '../terminal/paint.ts';
import { printable } from '../terminal/printable.ts';
import type { Load, SystemStatus } from './system-status.ts';

/** How the system is, for people. */
export function readableStatus(status: SystemStatus, system: string, paint: Paint): string {
  const verdict = status.healthy ? paint('green', 'is healthy') : paint('red', 'is not healthy');
  const width = Math.max(0, ...status.components.map(({ name }) => name.length));
  const components = status.components.map(({ name, healthy, detail }) => {
    const mark = healthy ? paint('green', '✓') : paint('red', '✗');
    return `  ${mark} ${name.padEnd(width)}  ${printable(detail)}\n`;
  });
  const loads = status.loads.map((load) => `  ${printable(sentenceOn(load))}\n`);
  const title = loads.length > 0 ? `${paint('bold', 'Batch logs')}\n` : '';
  return `${capitalised(system)} ${verdict}.\n${components.join('')}${title}${loads.join('')}`;
}

function sentenceOn({ network, key, phase, events, users, reason }: Load): string {
  const counts = `${counted(events, 'event')}, ${counted(users, 'user')}`;
  return `${network}: ${key} ${SENTENCES[phase]}${reason === undefined ? `, ${counts}` : `: ${reason}`}`;
}

const SENTENCES = {
  loading: 'is being loaded',
  loaded: 'is loaded',
  failed: 'could not be loaded',
  superseded: 'was outdone by a newer one',
} as const satisfies Readonly<Record<Load['phase'], string>>;

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
