import type { Page } from 'playwright-core';

interface ListedPage {
  readonly name: string;
  readonly path: () => string;
  readonly title: string;
  /** What is seen once everything is there. */
  readonly shows: readonly string[];
}

/** A purchase that the sample logs have flagged; the first commit of a new network's stream may hold any. */
export const PAGES: readonly ListedPage[] = [
  {
    name: 'the overview',
    path: () => '/',
    title: 'Overview',
    shows: ['.figures dd >> text=/^1,\\d{3}/', '.chart canvas', '.feed >> text=/User \\d+ bought for/'],
  },
  {
    name: 'the purchases',
    path: () => '/purchases',
    title: 'Flagged purchases',
    shows: ['tbody tr >> nth=10'],
  },
  {
    name: 'the transactions',
    path: () => '/transactions',
    title: 'Transactions',
    shows: ['tbody tr >> nth=10', '.badge-high >> nth=0', '.reasons >> nth=0'],
  },
  {
    name: "a user's habits",
    path: () => '/users/sample-user-1',
    title: 'User sample-user-1',
    shows: ['text=Nine tenths', '.strip rect >> nth=20', '.bars >> text=DE', 'tbody tr >> nth=5'],
  },
  {
    name: 'the series',
    path: () => '/clients',
    title: 'Series',
    shows: ['.feed >> text=prices'],
  },
  {
    name: 'a series',
    path: () => '/client/prices',
    title: 'prices',
    shows: ['.figures >> text=1,200', '.chart canvas', 'tbody >> text=alert >> nth=0'],
  },
  {
    name: 'a page that is none',
    path: () => '/nowhere',
    title: 'There is no such page',
    shows: ['text=To the overview'],
  },
];

/** Waits until all of it is seen. */
export async function openEach(page: Page, shown: readonly string[]): Promise<void> {
  for (const selector of shown) await page.locator(selector).first().waitFor({ state: 'visible' });
}
