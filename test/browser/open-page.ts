import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';
import { findChromium } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let started: Promise<Browser> | undefined;

async function browser(): Promise<Browser> {
  // In a container Chromium has no sandbox of its own to put pages into.
  started ??= chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  return started;
}

export async function closeBrowser(): Promise<void> {
  await (await started)?.close();
  started = undefined;
}

export interface OpenPage {
  readonly page: Page;
  /** What the page has complained about in the console so far. */
  readonly complaints: readonly string[];
}

interface PageOptions extends BrowserContextOptions {
  /** Called before the page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<void>;
}

const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Opens a page of the dashboard in a browser of its own; it is to be without complaints when the test ends. */
export async function openPage(path: string, { prepare, ...options }: PageOptions = {}): Promise<OpenPage> {
  const context = await (await browser()).newContext({ baseURL: inject('address'), viewport: WIDE, ...options });
  onTestFinished(() => context.close());
  await prepare?.(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(path);
  return { page, complaints };
}

/** What axe-core finds that keeps people out: each fault with the first place it is at. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // Evaluated, as the page's policy allows no scripts from elsewhere.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`);
}

/** How far things have moved by themselves, as Chromium counts it; below 0.1 is good. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 100);
  })`);
}

interface PaintTimes {
  /** The first contentful paint. */
  readonly painted: number;
  readonly shown: number;
}

/** How long it took, in milliseconds since the page was asked for; to be called once what matters is seen. */
export async function paintTimes(page: Page): Promise<PaintTimes> {
  return page.evaluate<PaintTimes>(`(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return { painted: Math.round(paint.startTime), shown: Math.round(performance.now()) };
  })()`);
}

/** What the rows of the page's table say. */
export async function columnOf(page: Page, column: number): Promise<string[]> {
  const cells = page.locator(`main table tbody tr td:nth-child(${column})`);
  await expect.poll(async () => cells.count()).toBeGreaterThan(0);
  return cells.allInnerTexts();
}
