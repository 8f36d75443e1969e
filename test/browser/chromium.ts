import { existsSync } from 'node:fs';

/** Debian's. */
const USUAL = '/usr/bin/chromium';

/** The browser that the pages are looked at with; FLAGSTONE_CHROMIUM names another. @throws Error that says how to get one */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const chromium = env['FLAGSTONE_CHROMIUM'] ?? USUAL;
  if (existsSync(chromium)) return chromium;
  throw new Error(
    `the browser tests need Chromium, which is not at ${chromium}: apt-get install chromium, or name one with FLAGSTONE_CHROMIUM`,
  );
}
