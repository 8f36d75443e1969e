import type { StoredObject } from '../services/simulated-s3.ts';
import type { UploadedObject } from '../world/planned-work.ts';
import { OUTPUT_BUCKET, type World } from '../world/world.ts';
import { difference } from './find-output-faults.ts';
import type { ExpectedHistory } from './history.ts';

/** Whether the logs that were dropped have become what they ought to be. */
export function findLogFaults(histories: readonly ExpectedHistory[], world: World): string[] {
  return [...streamLogFaults(histories, world), ...loadFaults(histories, world)];
}

/** The lines of a stream log are applied once, in order: all of them, unless another log took its place or it failed. */
function streamLogFaults(histories: readonly ExpectedHistory[], { uploader, s3 }: World): string[] {
  const uploads = uploader.uploaded.filter(({ key }) => key.endsWith('stream_log.json'));
  const reports = s3.objects(OUTPUT_BUCKET).filter(({ key }) => key.startsWith('reports/'));
  return uploads.flatMap((upload) => {
    const { key, content, sequencer } = upload;
    const source = `${key}@${sequencer}`;
    const lines = content.split('\n').filter((line) => line.trim() !== '');
    const applied = histories.flatMap((history) => history.applied.filter(({ line }) => line.source === source));
    const texts = applied.map(({ line }) => line.text);
    const outcome = outcomeOf(upload, reports);
    const isWhole = outcome === 'put';
    return difference(
      `${outcome}: ${source}`,
      (isWhole ? lines : lines.slice(0, texts.length)).join('\n'),
      texts.join('\n'),
    );
  });
}

/** Of the batch logs of a key, the last one is loaded, if it can be; and its bad lines are told. */
function loadFaults(histories: readonly ExpectedHistory[], { uploader, s3 }: World): string[] {
  const last = new Map(
    uploader.uploaded.filter(({ key }) => key.endsWith('batch_log.json')).map((upload) => [upload.key, upload]),
  );
  const reports = s3.objects(OUTPUT_BUCKET).filter(({ key }) => key.startsWith('reports/'));
  return [...last.values()].flatMap((upload) => {
    const { key, content, sequencer, identity } = upload;
    const head = histories.find(({ network }) => network === networkOf(key))?.head;
    const loaded = head?.loaded[key];
    const isOutdone = Object.entries(head?.loaded ?? {}).some(([other]) => other !== key);
    const faults: string[] = [];
    if (isReadable(content) && loaded?.identity !== identity && !isOutdone) {
      faults.push(`${key} ${sequencer} ${identity} is not what is loaded, but ${JSON.stringify(head?.loaded)}`);
    }
    if (!isOutdone && outcomeOf(upload, reports) === 'none') faults.push(`there is no report on ${key} ${sequencer}`);
    return faults;
  });
}

/** What its report says. */
function outcomeOf({ key, sequencer }: UploadedObject, reports: readonly StoredObject[]): string {
  const reportKey = `reports/network=${networkOf(key)}/${key.replaceAll('/', '-')}-${sequencer}.json`;
  const report = reports.find((object) => object.key === reportKey);
  if (report === undefined) return 'none';
  return (JSON.parse(Buffer.from(report.body).toString()) as { outcome: string }).outcome;
}

function isReadable(content: string): boolean {
  return /^\{"D":"[1-9]/.test(content);
}

function networkOf(key: string): string {
  return key.includes('/') ? (key.split('/')[0] ?? '') : 'default';
}
