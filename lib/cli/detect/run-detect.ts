import type { Host } from '../host.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { ScreenText } from '../terminal/screen-text.ts';
import { readBatchHead, type BatchHead } from './batch-head.ts';
import { checkFiles, type DetectFiles } from './check-files.ts';
import { explanation } from './explanation.ts';
import { flaggedFile } from './flagged-file.ts';
import type { Outlet } from './outlet.ts';
import { readLogs } from './read-logs.ts';
import { rejectedFile } from './rejected-file.ts';
import { rejectedListing } from './rejected-listing.ts';
import type { DetectRequest } from './request.ts';
import { summary } from './summary.ts';

/** Runs `detect`. Nothing is written unless the files can be used and the batch log begins as it should. */
export async function runDetect(request: DetectRequest, host: Host): Promise<void> {
  const started = host.uptime();
  const files = await checkFiles(request, host);
  const bar = progressBar(request, files, host);
  const wipe = (): void => bar?.wipe();
  const outlets: Outlet[] = [];
  host.once('exit', wipe);
  try {
    const head = await readBatchHead(files.batch, request);
    for (const open of outletsOf({ request, files, head, bar, host })) outlets.push(await open());
    const totals = await readLogs({ ...files, head, outlets, bar });
    for (const outlet of outlets) await outlet.finish();
    const screen = new ScreenText(host.stderr, bar);
    if (!request.quiet) screen.write(`${summary(totals, host.uptime() - started)}\n`);
    await screen.flush();
  } finally {
    // After a run that went well there is nothing left to discard.
    for (const outlet of outlets) await outlet.discard();
    for (const { chunks } of [files.batch, files.stream]) await chunks.return(undefined);
    wipe();
    host.off('exit', wipe);
  }
}

function progressBar(request: DetectRequest, { batch, stream }: DetectFiles, host: Host): ProgressBar | undefined {
  if (request.quiet || !host.stderr.isTTY || host.env['TERM'] === 'dumb') return undefined;
  const total = batch.size === undefined || stream.size === undefined ? undefined : batch.size + stream.size;
  return new ProgressBar({ screen: host.stderr, total, clock: () => host.uptime() });
}

interface Run {
  readonly request: DetectRequest;
  readonly files: DetectFiles;
  readonly head: BatchHead;
  readonly bar: ProgressBar | undefined;
  readonly host: Host;
}

type OpenOutlet = () => Outlet | Promise<Outlet>;

/** In the order in which they are finished: once the output is there, all else is too. */
function outletsOf({ request, files, head, bar, host }: Run): OpenOutlet[] {
  const { output, rejected } = files;
  const open: OpenOutlet[] = [];
  if (rejected) open.push(() => rejectedFile(rejected, host));
  else if (!request.quiet) open.push(() => rejectedListing(new ScreenText(host.stderr, bar)));
  open.push(() => flaggedFile(output, host));
  if (request.explain) {
    const screen = new ScreenText(host.stdout, bar);
    open.push(() => explanation(screen, request, head.parameters));
  }
  return open;
}
