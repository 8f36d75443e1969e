import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { runScript } from '../in-process/run-script.ts';
import { formatTable } from '../table.ts';
import { withTemporaryFolder } from '../temporary-folder.ts';
import { writeMadeUpSet } from './made-up-set.ts';
import type { ForestMeasured } from './measure-forest.ts';

/** Public sets, where they are at hand: ADBench's, as CSV files with the label last. */
const PUBLIC_SETS = join(import.meta.dirname, '../../../../shared/adbench');
const PYTHON = '/usr/bin/python3';
const HEADINGS = ['', 'rows x columns', 'fit ms', 'fit rows/s', 'score us/row', 'score rows/s', 'model KB', 'ROC-AUC'];
const REFERENCE_HEADINGS = ['reference: fit ms', 'us/row', 'ROC-AUC', 'fit ratio', 'score ratio', 'goal 1 x'];

/** What fitting and scoring costs, beside scikit-learn's forest (python3-sklearn) measured in turn, where it is there. */
export async function tabulateForest(progress: (text: string) => void): Promise<string> {
  const hasReference = await canImportReference();
  const rows = [[...HEADINGS, ...(hasReference ? REFERENCE_HEADINGS : [])]];
  await withTemporaryFolder(async (folder) => {
    for (const file of [writeMadeUpSet(folder), ...publicSets()]) {
      progress(`forests of ${basename(file, '.csv')}`);
      const ours = JSON.parse(await runScript('forest/measure-forest.ts', [file])) as ForestMeasured;
      const row = [basename(file, '.csv'), ...cellsOf(ours)];
      rows.push(hasReference ? [...row, ...comparisonOf(ours, await measureReference(file))] : row);
    }
  });
  const note = hasReference ? '' : `\n(no reference: ${PYTHON} has no sklearn; Debian’s package is python3-sklearn)`;
  return `${formatTable(rows)}${note}`;
}

function publicSets(): string[] {
  if (!existsSync(PUBLIC_SETS)) return [];
  const files = readdirSync(PUBLIC_SETS).filter((name) => name.endsWith('.csv'));
  return files.map((name) => join(PUBLIC_SETS, name));
}

async function canImportReference(): Promise<boolean> {
  try {
    await promisify(execFile)(PYTHON, ['-c', 'import sklearn']);
    return true;
  } catch {
    return false;
  }
}

async function measureReference(file: string): Promise<ForestMeasured> {
  const { stdout } = await promisify(execFile)(PYTHON, [join(import.meta.dirname, 'measure-reference.py'), file]);
  return JSON.parse(stdout) as ForestMeasured;
}

function cellsOf({ rows, columns, fitMs, scoreMs, auc, bytes = NaN }: ForestMeasured): string[] {
  return [
    `${rows} x ${columns}`,
    fitMs.toFixed(1),
    perSecond(rows, fitMs),
    microsPerRow({ rows, scoreMs }),
    perSecond(rows, scoreMs),
    (bytes / 1000).toFixed(0),
    auc.toFixed(3),
  ];
}

function comparisonOf(ours: ForestMeasured, reference: ForestMeasured): string[] {
  const fit = ours.fitMs / reference.fitMs;
  const score = ours.scoreMs / reference.scoreMs;
  return [
    reference.fitMs.toFixed(1),
    microsPerRow(reference),
    reference.auc.toFixed(3),
    fit.toFixed(2),
    score.toFixed(2),
    Math.max(fit, score) <= 1 ? 'met' : 'missed',
  ];
}

function microsPerRow({ rows, scoreMs }: Pick<ForestMeasured, 'rows' | 'scoreMs'>): string {
  return ((1000 * scoreMs) / rows).toFixed(2);
}

function perSecond(rows: number, ms: number): string {
  return Math.round((1000 * rows) / ms).toLocaleString('en');
}
