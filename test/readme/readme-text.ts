import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** FLAGSTONE_README names a draft of it. */
const README = readFileSync(process.env['FLAGSTONE_README'] ?? path.join(ROOT, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

/** Everything between fences, in its order. */
const BLOCKS: readonly Block[] = [...README.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
  ([, language = '', text = '']) => ({ language, text }),
);

export const LANGUAGES: readonly string[] = [...new Set(BLOCKS.map(({ language }) => language))];

export function blocksOf(language: string): string[] {
  return BLOCKS.filter((block) => block.language === language).map(({ text }) => text);
}

/** The commands for a shell, in their order, each on one line and without its comment. */
export const COMMAND_LINES: readonly string[] = blocksOf('sh').flatMap((text) =>
  text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== ''),
);

const PROSE = README.replaceAll(/^```.*?^```$/gms, '');

/** What stands between backticks in the text. */
export const INLINE_CODE: readonly string[] = [
  ...new Set([...PROSE.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)),
];

/** The names of documents, however they are mentioned. */
export const DOCUMENTS: readonly string[] = [
  ...new Set(Array.from(PROSE.matchAll(/[\w./-]+\.md\b/g), ([name]) => name)),
];

/** Where links and pictures lead. */
export const TARGETS: readonly string[] = [
  ...new Set([...PROSE.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? '')),
];

/** The anchors of the headings, as GitHub makes them. */
export const ANCHORS: readonly string[] = [...PROSE.matchAll(/^#+ (.+)$/gm)].map(
  ([, heading = '']) =>
    `#${heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-')}`,
);
