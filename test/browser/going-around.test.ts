import { afterAll, describe, expect, test } from 'vitest';
import { closeBrowser, openPage } from './open-page.ts';

afterAll(closeBrowser);

const SLOW = { timeout: 30_000 };

describe('by keyboard alone', () => {
  test('one gets past the top, to every page, and to the heading of each', async () => {
    const { page, complaints } = await openPage('/');
    const focused = async () => page.evaluate<string>('document.activeElement.textContent.trim()');
    await page.locator('h1').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('#content');
    for (const [name, title] of [
      ['Purchases', 'Flagged purchases'],
      ['Transactions', 'Transactions'],
      ['Series', 'Series'],
    ] as const) {
      await page.getByRole('navigation').getByRole('link', { name }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(focused, SLOW).toBe(title);
      expect(await page.title()).toBe(`${title} · Flagstone`);
    }
    expect(complaints).toEqual([]);
  });

  test('one opens a purchase, and goes through it', async () => {
    const { page } = await openPage('/purchases');
    await page.locator('tbody tr a').nth(2).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/open=/);
    await page.locator('.statement').waitFor(SLOW);
    expect(await page.evaluate<string>('document.activeElement.getAttribute("aria-current")')).toBe('true');
  });
});

describe('the theme', () => {
  test('is that of the system, until another is chosen, which stays', async () => {
    const { page } = await openPage('/', { colorScheme: 'dark' });
    const theme = async () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('dark');
    await page.getByRole('button', { name: 'Use the light theme' }).click();
    expect(await theme()).toBe('light');
    await page.reload();
    expect(await theme()).toBe('light');
  });
});

describe('what is not there', () => {
  test('is said: a user that nobody knows', async () => {
    const { page } = await openPage('/users/nobody');
    await page.getByRole('alert').waitFor(SLOW);
    expect(await page.getByRole('alert').innerText()).toContain('Nothing is here');
  });

  test('is said: an API that does not answer, and that it can be tried again', async () => {
    const { page } = await openPage('/nowhere');
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('navigation').getByRole('link', { name: 'Transactions' }).click();
    await page.getByRole('alert').waitFor(SLOW);
    expect(await page.locator('.live-state').innerText()).toBe('Not reached');
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tbody tr').first().waitFor(SLOW);
    expect(await page.locator('.live-state').innerText()).not.toBe('Not reached');
  });

  test('stays where it was when one comes back to a list', async () => {
    const { page } = await openPage('/transactions?show=all');
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(async () => page.locator('tbody tr').count(), SLOW).toBe(100);
    await page.locator('tbody tr a').nth(80).click();
    await page.waitForURL(/\/users\//);
    await page.goBack();
    await expect.poll(async () => page.locator('tbody tr').count(), SLOW).toBe(100);
  });
});
