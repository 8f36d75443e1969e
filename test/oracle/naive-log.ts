import { rawMembers } from './json-object.ts';
import { NaiveDetector, type NaiveEvent, type NaiveFlag, type NaiveParameters } from './naive-detector.ts';

interface NaiveFlaggedLine {
  /** Counted from 1. */
  readonly lineNumber: number;
  /** As it goes into the output. */
  readonly line: string;
  readonly flag: NaiveFlag;
}

export interface NaiveLogs {
  /** With the line of D and T. */
  readonly batchLog: string;
  readonly streamLog: string;
}

export interface NaiveReport {
  readonly flagged: readonly NaiveFlaggedLine[];
  /** Line numbers of what is neither an event nor blank. */
  readonly rejectedInBatchLog: readonly number[];
  readonly rejectedInStreamLog: readonly number[];
}

/** What the `detect` command has to make of two logs. */
export function flagLogs({ batchLog, streamLog }: NaiveLogs): NaiveReport {
  const batchLines = linesOf(batchLog);
  const headerAt = batchLines.findIndex((line) => line !== '');
  const detector = new NaiveDetector(readParameters(batchLines[headerAt] ?? ''));
  const rejectedInBatchLog: number[] = [];
  const rejectedInStreamLog: number[] = [];
  const flagged: NaiveFlaggedLine[] = [];

  for (const [index, line] of batchLines.entries()) {
    if (line === '' || index <= headerAt) continue;
    const event = readEvent(line);
    if (event === undefined) rejectedInBatchLog.push(index + 1);
    else detector.apply(event);
  }
  for (const [index, line] of linesOf(streamLog).entries()) {
    if (line === '') continue;
    const event = readEvent(line);
    if (event === undefined) {
      rejectedInStreamLog.push(index + 1);
      continue;
    }
    const flag = event.type === 'purchase' ? detector.judge(event.user, event.amount) : undefined;
    if (flag !== undefined) flagged.push({ lineNumber: index + 1, line: flaggedLine(line, flag), flag });
    detector.apply(event);
  }
  return { flagged, rejectedInBatchLog, rejectedInStreamLog };
}

/** The line with mean and sd added; where it has some, they are replaced. */
export function flaggedLine(line: string, { mean, sd }: { readonly mean: string; readonly sd: string }): string {
  const members = rawMembers(line);
  const kept = members.filter(({ key }) => key !== 'mean' && key !== 'sd');
  const body =
    kept.length === members.length
      ? line.slice(line.indexOf('{') + 1, line.lastIndexOf('}')).trimEnd()
      : kept.map(({ text }) => text).join(', ');
  return `{${body}, "mean": "${mean}", "sd": "${sd}"}`;
}

/** An event of the network detector; undefined for a line that is none. */
export function readEvent(line: string): NaiveEvent | undefined {
  if (!isObject(line)) return undefined;
  const fields = new Map(rawMembers(line).map(({ key, value }) => [key, value]));
  const type = textOf(fields.get('event_type'));
  const time = secondsOf(textOf(fields.get('timestamp')) ?? '');
  if (time === undefined) return undefined;
  if (type === 'purchase') {
    const user = idOf(fields.get('id'));
    const amount = amountOf(fields.get('amount'));
    return user === undefined || amount === undefined ? undefined : { type, time, user, amount };
  }
  if (type !== 'befriend' && type !== 'unfriend') return undefined;
  const one = idOf(fields.get('id1'));
  const other = idOf(fields.get('id2'));
  if (one === undefined || other === undefined || (type === 'befriend' && one === other)) return undefined;
  return { type, users: [one, other] };
}

function linesOf(log: string): string[] {
  return log
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.replace(/^[ \t\r]+|[ \t\r]+$/g, ''));
}

function readParameters(line: string): NaiveParameters {
  const { D, T } = JSON.parse(line) as { D: string | number; T: string | number };
  return { degrees: Number(D), tracked: Number(T) };
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function textOf(written: string | undefined): string | undefined {
  return written?.startsWith('"') === true ? (JSON.parse(written) as string) : undefined;
}

function idOf(written: string | undefined): string | undefined {
  const id = written !== undefined && /^-?\d+$/.test(written) ? written : textOf(written);
  return id === '' ? undefined : id;
}

function amountOf(written: string | undefined): bigint | undefined {
  const text = textOf(written) ?? written ?? '';
  if (!/^\d+(\.\d{1,6})?$/.test(text)) return undefined;
  const [whole = '', decimals = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0'));
}

/** The date is real if the calendar of the platform gives the same text back. */
function secondsOf(text: string): number | undefined {
  const date = new Date(`${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== `${text.replace(' ', 'T')}.000Z`) return undefined;
  return date.getTime() / 1000;
}
