import { readEvent } from '../../oracle/naive-log.ts';
import type { StoredObject } from '../services/simulated-s3.ts';
import type { UploadedObject } from '../world/planned-work.ts';
import { OUTPUT_BUCKET, type World } from '../world/world.ts';
import { difference } from './find-output-faults.ts';
import type { AppliedLine, ExpectedHistory } from './history.ts';

/** Whether the logs that were dropped have become what they ought to be. */
export function findLogFaults(histories: readonly ExpectedHistory[], { uploader, s3, redriver }: World): string[] {
  // What was given up and put back is applied late.
  const isRedriven = redriver !== undefined;
  const { uploaded } = uploader;
  const output = s3.objects(OUTPUT_BUCKET);
  const last = new Map(uploaded.map((upload) => [upload.key, upload]));
  return [
    ...uploaded.filter(isStreamLog).flatMap((upload) => streamLogFaults(upload, { histories, output, isRedriven })),
    ...[...last.values()].filter(isBatchLog).flatMap((upload) => loadFaults(upload, histories, output)),
    ...[...last.values()].filter(isBatchLog).flatMap((upload) => turnFaults(upload, histories, uploaded)),
    ...histories.flatMap((history) => rejectFaults(history, uploaded, output)),
  ];
}

interface StreamLogCheck {
  readonly histories: readonly ExpectedHistory[];
  readonly output: readonly StoredObject[];
  readonly isRedriven: boolean;
}

/** The lines of a stream log are applied once, in order: all of them, unless another log took its place or it failed. */
function streamLogFaults(upload: UploadedObject, { histories, output, isRedriven }: StreamLogCheck): string[] {
  const lines = upload.content.split('\n').filter((line) => line.trim() !== '');
  const applied = histories.flatMap((history) => linesFrom(upload, history)).map(({ line }) => line.text);
  const outcome = outcomeOf(upload, output);
  const expected = outcome === 'put' ? lines : lines.slice(0, applied.length);
  const what = `${outcome}: ${upload.key} ${upload.sequencer}`;
  if (isRedriven && outcome === 'put') {
    return difference(what, lines.toSorted().join('\n'), applied.toSorted().join('\n'));
  }
  return isRedriven ? [] : difference(what, expected.join('\n'), applied.join('\n'));
}

function linesFrom({ key, sequencer }: UploadedObject, { applied }: ExpectedHistory): AppliedLine[] {
  return applied.filter(({ line }) => line.source === `${key}@${sequencer}`);
}

/** Of the batch logs of a key, the last one is loaded, if it can be, unless one under another key came later. */
function loadFaults(
  upload: UploadedObject,
  histories: readonly ExpectedHistory[],
  output: readonly StoredObject[],
): string[] {
  const { key, content, sequencer, identity } = upload;
  const loaded = histories.find(({ network }) => network === networkOf(key))?.head.loaded ?? {};
  if (Object.keys(loaded).some((other) => other !== key)) return [];
  const faults: string[] = [];
  if (isReadable(content) && loaded[key]?.identity !== identity) {
    faults.push(`${key} ${sequencer} ${identity} is not what is loaded, but ${JSON.stringify(loaded)}`);
  }
  if (outcomeOf(upload, output) === 'none') faults.push(`there is no report on ${key} ${sequencer}`);
  return faults;
}

/** For so long a stream log waits at least; a load that has not come to an end by then counts as failed. */
const LEAST_WAIT_MS = 60 * 60_000;

/** A stream log waits for the batch log that was dropped before it. */
function turnFaults(
  { key, sequencer, at }: UploadedObject,
  histories: readonly ExpectedHistory[],
  uploaded: readonly UploadedObject[],
): string[] {
  const history = histories.find(({ network }) => network === networkOf(key));
  const load = history?.loads.find((load) => load.key === key && load.sequencer === sequencer);
  if (history === undefined || load === undefined) return [];
  const batchLog = uploaded.findIndex((upload) => upload.key === key && upload.sequencer === sequencer);
  const isEarly = ({ version, record }: AppliedLine): boolean =>
    version < load.version && record.at < at + LEAST_WAIT_MS;
  return uploaded
    .slice(batchLog)
    .filter((upload) => isStreamLog(upload) && networkOf(upload.key) === history.network)
    .filter((streamLog) => linesFrom(streamLog, history).some(isEarly))
    .map((streamLog) => `${streamLog.key} ${streamLog.sequencer} did not wait for ${key} ${sequencer}`);
}

/** The bad lines of a log that was loaded are told. */
function rejectFaults(
  { network, loads }: ExpectedHistory,
  uploaded: readonly UploadedObject[],
  output: readonly StoredObject[],
): string[] {
  return loads.flatMap(({ key, sequencer }) => {
    const upload = uploaded.find((other) => other.key === key && other.sequencer === sequencer);
    const lines = upload?.content.split('\n') ?? [];
    const bad = lines.filter((line, index) => index > 0 && line.trim() !== '' && readEvent(line) === undefined);
    const prefix = `rejected/network=${network}/${key.replaceAll('/', '-')}-${sequencer}/`;
    const texts = output
      .filter((object) => object.key.startsWith(prefix))
      .map(({ body }) => Buffer.from(body).toString());
    const told = texts
      .join('')
      .split('\n')
      .filter((text) => text !== '');
    return difference(
      prefix,
      bad.join('\n'),
      told.map((text) => (JSON.parse(text) as { line: string }).line).join('\n'),
    );
  });
}

function isStreamLog({ key }: UploadedObject): boolean {
  return key.endsWith('stream_log.json');
}

function isBatchLog({ key }: UploadedObject): boolean {
  return key.endsWith('batch_log.json');
}

/** What its report says. */
function outcomeOf({ key, sequencer }: UploadedObject, output: readonly StoredObject[]): string {
  const reportKey = `reports/network=${networkOf(key)}/${key.replaceAll('/', '-')}-${sequencer}.json`;
  const report = output.find((object) => object.key === reportKey);
  if (report === undefined) return 'none';
  return (JSON.parse(Buffer.from(report.body).toString()) as { outcome: string }).outcome;
}

function isReadable(content: string): boolean {
  return /^\{"D":"[1-9]/.test(content);
}

function networkOf(key: string): string {
  return key.includes('/') ? (key.split('/')[0] ?? '') : 'default';
}
