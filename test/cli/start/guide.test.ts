import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { COMMANDS, isCommandName } from '../../../lib/cli/commands.ts';
import { guide, type GuideOptions } from '../../../lib/cli/start/guide.ts';
import { SAMPLE_RESOURCES } from '../../local/sample-resources.ts';
import { invocationsOf } from '../shell-words.ts';

const OPTIONS: GuideOptions = {
  file: {
    endpoints: {
      http: 'http://127.0.0.1:3000',
      series: 'ws://127.0.0.1:3000/series',
      s3: 'http://127.0.0.1:3001',
      dynamodb: 'http://127.0.0.1:3002',
      kinesis: 'http://127.0.0.1:3003',
      lambda: 'http://127.0.0.1:3004',
    },
    resources: SAMPLE_RESOURCES,
  },
  data: '.flagstone',
  demo: true,
  seconds: 6.04,
  unchanged: [],
  paint: (_, text) => text,
};

function commandsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => /^ {4}(npx flagstone .*)$/.exec(line)?.slice(1) ?? []);
}

test.each([true, false])('every command of the guide can be pasted (demo: %s)', async (demo) => {
  const commands = commandsOf(guide({ ...OPTIONS, demo }));
  expect(commands.length).toBeGreaterThan(6);
  for (const [npx, flagstone, name = '', ...args] of commands.flatMap(invocationsOf)) {
    expect([npx, flagstone]).toEqual(['npx', 'flagstone']);
    if (!isCommandName(name)) throw new Error(`there is no command ${name}`);
    (await COMMANDS[name].load()).read(args);
  }
});

test('the guide tells of the dashboard first, and a narrow terminal holds it', () => {
  const text = guide(OPTIONS);
  expect(text).toContain('Flagstone runs on .flagstone, 6.0 s after its start.\n');
  expect(text.split('\n').slice(2, 4)).toEqual(['Open in a browser', '  http://127.0.0.1:3000/']);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('the commands name the data folder, unless it is the usual one', () => {
  const commands = commandsOf(guide({ ...OPTIONS, data: '/tmp/try' }));
  expect(commands).toContain('npx flagstone status --data=/tmp/try');
  expect(commands).toContain('npx flagstone flagged --network=demo --data=/tmp/try > flagged_purchases.json');
});

test('what the template says otherwise than the folder is told', () => {
  expect(guide({ ...OPTIONS, unchanged: ['a sentence'] })).toContain('Not changed\n  a sentence\n');
  expect(guide(OPTIONS)).not.toContain('Not changed');
});

test('colours add nothing to the words', () => {
  const painted = guide({ ...OPTIONS, paint: (_, text) => `\u001b[1m${text}\u001b[22m` });
  expect(stripVTControlCharacters(painted)).toBe(guide(OPTIONS));
});
