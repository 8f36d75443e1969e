import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS, isCommandName } from '../../lib/cli/commands.ts';
import { invocationsOf } from '../cli/shell-words.ts';
import { ANCHORS, DOCUMENTS, INLINE_CODE, LANGUAGES, ROOT, TARGETS } from './readme-text.ts';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('the README has blocks of those languages only that a test looks at', () => {
  // Without a language: drawings, and what programs print.
  expect(LANGUAGES.filter((language) => !['', 'sh', 'json', 'ts', 'diff', 'properties'].includes(language))).toEqual(
    [],
  );
});

test.each(TARGETS.filter((target) => !target.startsWith('https://')))('%s is there', (target) => {
  const [file = '', anchor] = target.split('#');
  expect(file === '' ? ANCHORS.includes(`#${anchor}`) : existsSync(path.join(ROOT, file))).toBe(true);
});

const PATH = /^(?:bin|events|functions|lib|test|\.ci)\/[\w./-]*$|^[\w-]+\.(?:json|md)$/;
/** Names of files that users have, or make. */
const OF_USERS = new Set(['batch_log.json', 'stream_log.json', 'flagged_purchases.json']);

test.each(INLINE_CODE.filter((code) => PATH.test(code) && !OF_USERS.has(code)))('the file %s is there', (file) => {
  expect(existsSync(path.join(ROOT, file))).toBe(true);
});

test.each(DOCUMENTS)('the document %s is there', (file) => {
  expect(existsSync(path.join(ROOT, file))).toBe(true);
});

/** `npm run simulate` and `aws` have options of their own. */
const OF_OTHERS = ['of', 'seed', 'seeds', 'shards', 'networks', 'endpoint-url'];

describe('what is named in passing', () => {
  test.each(INLINE_CODE.filter((code) => /^(?:npx )?flagstone [a-z]/.test(code)))('%s is a command', async (code) => {
    const [words = []] = invocationsOf(code.replace(/^npx /, ''));
    const [, name = '', ...args] = words;
    if (!isCommandName(name)) throw new Error(`there is no command ${name}`);
    const { options } = await COMMANDS[name].load();
    const given = args.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0] ?? '');
    expect(given.filter((option) => option !== 'help' && !Object.hasOwn(options, option))).toEqual([]);
  });

  test.each(INLINE_CODE.filter((code) => /^npm (?:run [a-z]|test|start)/.test(code)))('%s is a script', (code) => {
    expect(scripts).toHaveProperty([code.replace(/^npm (?:run )?/, '').split(' ')[0] ?? '']);
  });

  const optionNames = INLINE_CODE.filter((code) => /^--[a-z-]+(?:=\S+)?$/.test(code));
  test.each(optionNames)('%s is an option of some command', async (code) => {
    const tables = await Promise.all(Object.values(COMMANDS).map(async ({ load }) => (await load()).options));
    const known = tables.flatMap((options) => Object.keys(options)).concat('help', OF_OTHERS);
    expect(known).toContain(code.slice(2).split('=')[0]);
  });
});
