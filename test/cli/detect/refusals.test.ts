import { link, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder, type Run } from './sample-folder.ts';

interface Refusal extends Run {
  readonly when: string;
  /** `{}` is the folder. */
  readonly message: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    when: 'the batch log is missing',
    batch: '{}/no.json',
    message: 'cannot read {}/no.json: no such file or directory',
  },
  { when: 'the stream log is missing', stream: '{}/no.gz', message: 'cannot read {}/no.gz: no such file or directory' },
  { when: 'a log is a directory', stream: '{}', message: 'cannot read {}: it is a directory' },
  {
    when: 'both logs are standard input',
    batch: '-',
    stream: '/dev/stdin',
    message: 'only one of --batch-log and --stream-log can be standard input',
  },
  { when: 'the output is a directory', output: '{}', message: 'cannot write {}: it is a directory' },
  { when: 'the output ends with a slash', output: '{}/new/', message: 'cannot write {}/new/: it is a directory' },
  {
    when: 'the directory of the output is missing',
    output: '{}/no/flagged.json',
    message: 'cannot write {}/no/flagged.json: no such file or directory',
  },
  {
    when: 'the output is below a file',
    output: '{}/batch_log.json/flagged.json',
    message: 'cannot write {}/batch_log.json/flagged.json: not a directory',
  },
  {
    when: 'the output is the batch log',
    output: '{}/../{NAME}/batch_log.json',
    message: '--output would overwrite the file of --batch-log: {}/batch_log.json',
  },
  {
    when: 'the output is another name of the stream log',
    output: '{}/hard-link.json',
    message: '--output would overwrite the file of --stream-log: {}/stream_log.json',
  },
  {
    when: 'the rejected lines would overwrite a log',
    more: ['--rejected={}/batch_log.json'],
    message: '--rejected would overwrite the file of --batch-log: {}/batch_log.json',
  },
  {
    when: 'the rejected lines would overwrite the output, which is not there yet',
    more: ['--rejected={}/./flagged.json'],
    message: '--rejected would overwrite the file of --output: {}/flagged.json',
  },
  {
    when: 'the output and its explanation go to the same place',
    output: '-',
    more: ['--explain'],
    message: '--explain writes to standard output, so --output must be a file',
  },
  {
    when: 'the degrees are no number',
    more: ['--degrees=two'],
    message: 'the degrees of the network, --degrees, must be an integer from 1 to 1000000 (given "two")',
  },
  {
    when: 'one purchase is tracked',
    more: ['--tracked', '1'],
    message: 'the tracked purchases, --tracked, must be an integer from 2 to 1000000 (given "1")',
  },
];

for (const { when, message, ...run } of REFUSALS) {
  test(`one line and exit code 2 when ${when}`, async () => {
    const { detect, folder } = await sampleFolder();
    const inFolder = (text: string): string =>
      text.replaceAll('{}', folder).replaceAll('{NAME}', folder.slice(folder.lastIndexOf('/') + 1));
    await link(join(folder, 'stream_log.json'), join(folder, 'hard-link.json'));
    const names = await readdir(folder);
    const { batch, stream, output, more = [] } = run;
    const { code, stdout, stderr } = await detect({
      ...(batch && { batch: inFolder(batch) }),
      ...(stream && { stream: inFolder(stream) }),
      ...(output && { output: inFolder(output) }),
      more: more.map(inFolder),
    });
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `flagstone: ${inFolder(message)}\n` });
    expect(await readdir(folder)).toEqual(names);
    expect(await readFile(join(folder, 'stream_log.json'), 'utf8')).not.toBe('');
  });
}

test.skipIf(process.platform !== 'linux')('one line and exit code 2 when the disk is full', async () => {
  const { detect } = await sampleFolder();
  const { code, stderr } = await detect({ output: '/dev/full' });
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'flagstone: cannot write /dev/full: no space left on device\n' });
});
