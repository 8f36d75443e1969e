import type { ModelDescription } from '../../adapters/transactions/model-store.ts';
import { formatTimestamp } from '../../core/events/timestamp.ts';
import type { System } from '../connect/system.ts';
import type { Host } from '../host.ts';
import { counted } from '../terminal/numbers.ts';
import { print } from '../terminal/print.ts';
import { tableLines } from '../terminal/table.ts';
import { EXIT_CODES } from '../usage-error.ts';

/** As the function `train` gives it, see functions/train/train.ts. */
type Trained =
  | ({ readonly outcome: 'trained' } & ModelDescription)
  | { readonly outcome: 'too few'; readonly transactions: number; readonly needed: number };

/** Has a model trained, and prints what came of it; gives the exit code. */
export async function runTrain({ json }: { json: boolean }, system: System, host: Host): Promise<number> {
  const trained = (await system.train()) as Trained;
  await print(host.stdout, json ? `${JSON.stringify(trained)}\n` : forPeople(trained));
  return trained.outcome === 'trained' ? EXIT_CODES.done : EXIT_CODES.unexpected;
}

function forPeople(trained: Trained): string {
  if (trained.outcome === 'too few') {
    const { transactions, needed } = trained;
    return `No model is trained: ${counted(transactions, 'transaction')} stored, and it takes ${needed}. Until then the users' habits decide alone.\n`;
  }
  const { version, bytes, report } = trained;
  const times = { earliest: formatTimestamp(report.earliest), latest: formatTimestamp(report.latest) };
  const figures = Object.entries({ bytes, ...report, ...times }).map(([name, value]) => [
    `  ${words(name)}`,
    shown(value),
  ]);
  const lines = tableLines(figures);
  return `The model ${version} is trained; running functions judge by it within half a minute.\n${lines.join('\n')}\n`;
}

/** `falsePositives` as `false positives`. */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(4);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
