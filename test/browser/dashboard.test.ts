import { afterAll, describe, expect, inject, test } from 'vitest';
import type { ExplainedPurchaseAnswer, FlaggedPurchaseAnswer } from '../../lib/core/api/flagged-purchases.ts';
import type { StoredTransactionAnswer } from '../../lib/core/api/transactions.ts';
import { showAmount } from '../../lib/dashboard/parts/format.ts';
import { ask } from './local-system.ts';
import { closeBrowser, columnOf, openPage, PHONE } from './open-page.ts';

afterAll(closeBrowser);

const SLOW = { timeout: 30_000 };

describe('the why of a purchase', () => {
  test('is drawn as it was judged, with the purchases it was judged against', async () => {
    const [newest] = (await ask<{ items: FlaggedPurchaseAnswer[] }>(inject('address'), 'flagged-purchases?limit=1'))
      .items;
    const { flag_id } = newest!;
    const [network, version, index] = flag_id.split('/');
    const why = await ask<ExplainedPurchaseAnswer>(
      inject('address'),
      `networks/${network}/flagged-purchases/${version}/${index}`,
    );
    const { page, complaints } = await openPage(`/purchases?open=${encodeURIComponent(flag_id)}`);
    await page.locator('.strip circle.purchase').first().waitFor();
    expect(await page.locator('.strip circle.purchase').count()).toBe(why.against.length);
    expect(await page.locator('.strip .limit-label').textContent()).toBe(`limit ${showAmount(why.limit)}`);
    expect(await page.locator('.strip .mean-label').textContent()).toBe(`mean ${showAmount(why.mean)}`);
    await page.getByText(/purchases it was judged against/).click();
    await expect.poll(async () => page.locator('details tbody tr').count()).toBe(why.against.length);
    expect(complaints).toEqual([]);
  });

  test('has its place in the address: opened by a click, left by going back, and found again by others', async () => {
    const { page } = await openPage('/purchases');
    await page.locator('tbody tr').nth(4).waitFor();
    const buyer = await page.locator('tbody tr').nth(4).locator('td').nth(1).innerText();
    await page.locator('tbody tr').nth(4).click();
    await page.waitForURL(/open=/);
    await expect.poll(async () => page.locator('.statement').innerText(), SLOW).toContain(`User ${buyer} paid`);
    await page.reload();
    await expect.poll(async () => page.locator('.statement').innerText(), SLOW).toContain(`User ${buyer} paid`);
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('open=');
  });

  test('draws the network of the buyer, which keys and buttons zoom, and lists everybody in it', async () => {
    const { page, complaints } = await openPage('/purchases');
    const canvas = page.locator('.network canvas');
    await canvas.waitFor(SLOW);
    expect(await page.locator('.members li').count()).toBeGreaterThan(1);
    const drawn = async () => page.evaluate<string>(`document.querySelector('.network canvas').toDataURL()`);
    const before = await drawn();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const zoomed = await drawn();
    expect(zoomed).not.toBe(before);
    await canvas.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await drawn()).not.toBe(zoomed);
    await page.keyboard.press('0');
    expect(await drawn()).toBe(before);
    await page.locator('.members li').nth(1).hover();
    expect(await page.locator('.network-name').innerText()).toMatch(/^User \S+, (a friend|\d friendships away)$/);
    expect(complaints).toEqual([]);
  });

  test('takes the place of the list on a phone, and gives it back', async () => {
    const { page } = await openPage('/purchases', { viewport: PHONE });
    const list = page.getByRole('region', { name: 'Purchases', exact: true });
    await list.locator('tbody tr').first().click();
    await page.locator('.statement').waitFor(SLOW);
    expect(await list.isVisible()).toBe(false);
    await page.getByRole('button', { name: /All flagged purchases/ }).click();
    await list.waitFor();
    expect(await page.locator('.statement').isVisible()).toBe(false);
  });
});

describe('the transactions', () => {
  test('are filtered by what the address says, also after a reload and going back', async () => {
    const { page, complaints } = await openPage('/transactions');
    await page.locator('tbody tr').first().waitFor();
    await page.getByLabel('Severity').selectOption('high');
    await page.waitForURL(/severity=high/);
    await expect.poll(async () => new Set(await columnOf(page, 8)), SLOW).toEqual(new Set(['high']));
    await page.reload();
    await expect.poll(async () => new Set(await columnOf(page, 8)), SLOW).toEqual(new Set(['high']));
    expect(await page.getByLabel('Severity').inputValue()).toBe('high');
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('severity');
    await expect.poll(async () => (await columnOf(page, 8)).includes('low'), SLOW).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('are filtered by user, amount and time, until the filters are cleared', async () => {
    const { page } = await openPage('/transactions?show=all');
    await page.locator('tbody tr').first().waitFor();
    await page.getByLabel('User').fill('sample-user-2');
    await page.keyboard.press('Enter');
    await page.getByLabel('Amount from').fill('30');
    await page.keyboard.press('Enter');
    await page.getByLabel('From', { exact: true }).fill('2026-01-06T00:00:00');
    await page.waitForURL(/user=sample-user-2&min_amount=30&from=2026-01-06/);
    await expect.poll(async () => new Set(await columnOf(page, 2)), SLOW).toEqual(new Set(['sample-user-2']));
    const amounts = (await columnOf(page, 3)).map((amount) => Number(amount.replaceAll(',', '')));
    expect(Math.min(...amounts)).toBeGreaterThanOrEqual(30);
    expect((await columnOf(page, 1)).every((time) => time >= '2026-01-06')).toBe(true);
    await page.getByRole('button', { name: 'Clear 3 filters' }).click();
    await page.waitForURL(/transactions\?show=all$/);
  });

  test('are sorted by what the address says', async () => {
    const { page } = await openPage('/transactions');
    await page.getByRole('button', { name: 'Amount' }).click();
    await page.waitForURL(/sort=-amount/);
    const amounts = async () => (await columnOf(page, 3)).map((amount) => Number(amount.replaceAll(',', '')));
    await expect.poll(async () => isFalling(await amounts()), SLOW).toBe(true);
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
  });

  test('tell what is wrong with a filter', async () => {
    const { page } = await openPage('/transactions?from=yesterday');
    await expect.poll(async () => page.getByRole('alert').innerText(), SLOW).toContain('from must be a real date');
  });

  test('lead to what is usual for their user, against which they are marked', async () => {
    const { items } = await ask<{ items: StoredTransactionAnswer[] }>(
      inject('address'),
      'anomalies?severity=high&limit=1',
    );
    const [anomaly] = items;
    const { page } = await openPage('/transactions?severity=high');
    await page.getByRole('link', { name: anomaly!.user_id, exact: true }).first().click();
    await page.waitForURL(/\/users\//);
    await page.getByRole('region', { name: 'This transaction' }).waitFor(SLOW);
    expect(await page.locator('.statement').innerText()).toContain(showAmount(anomaly!.amount));
    expect(await page.locator('.reasons').first().innerText()).toContain(anomaly!.reasons[0]!.text);
    expect(await page.locator('.judged, .compared, .is-compared, .is-unusual').count()).toBeGreaterThan(2);
  });
});

describe('a series', () => {
  test('shows as many points as the address says, and an anomaly from near', async () => {
    const { page, complaints } = await openPage('/client/prices');
    await page.getByLabel('Show the latest').selectOption('500');
    await page.waitForURL(/points=500/);
    await page.getByText('the latest 500 points').waitFor(SLOW);
    await page.getByLabel('Show the latest').selectOption('2000');
    await page.getByText('the latest 1,200 points').waitFor(SLOW);
    await page
      .getByRole('button', { name: /^Look at/ })
      .first()
      .click();
    const all = page.getByRole('button', { name: 'Show all of it' });
    expect(await all.isEnabled()).toBe(true);
    await all.click();
    expect(await all.isEnabled()).toBe(false);
    expect(complaints).toEqual([]);
  });
});

function isFalling(numbers: readonly number[]): boolean {
  return numbers.every((number, place) => place === 0 || number <= numbers[place - 1]!);
}
