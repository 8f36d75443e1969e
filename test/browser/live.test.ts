import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { flagstone } from './local-system.ts';
import { closeBrowser, openPage } from './open-page.ts';

afterAll(closeBrowser);

const SLOW = { timeout: 30_000 };
const data = inject('data');

/** Puts lines on the stream, as a user would. */
async function send(name: string, lines: readonly object[]): Promise<void> {
  const file = path.join(data, `${name}.json`);
  await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await flagstone(data, 'send', file, '--network=shop', '--quiet');
}

function purchaseOf(id: string, amount: string): object {
  return { event_type: 'purchase', timestamp: '2026-01-07 12:00:00', id, amount };
}

/** Puts an event on the stream while the overview and a list are looked at; gives what these complained of, once both show its amount. */
async function complaintsWhileShowing(amount: string, event: object, list: string): Promise<string[]> {
  const pages = [await openPage('/'), await openPage(list)];
  for (const { page } of pages) await page.getByText('Live', { exact: true }).waitFor(SLOW);
  await pages[1]!.page.locator('tbody tr').first().waitFor();
  await send(`live-${list.slice(1)}`, [event]);
  for (const { page } of pages) await page.getByText(amount).first().waitFor(SLOW);
  return pages.flatMap(({ complaints }) => complaints);
}

describe('without a reload', () => {
  test('a purchase that is flagged appears on the overview and in the list', async () => {
    const event = purchaseOf('240', '88888.88');
    expect(await complaintsWhileShowing('88,888.88', event, '/purchases')).toEqual([]);
  });

  test('an anomalous transaction appears on the overview and in the list', async () => {
    const transaction = {
      event_type: 'transaction',
      transaction_id: 'live-1',
      user_id: 'sample-user-1',
      amount: '77777.77',
      timestamp: '2026-02-01 03:12:00',
      location: 'KP',
      merchant_category: 'casino',
      payment_method: 'crypto',
    };
    expect(await complaintsWhileShowing('77,777.77', transaction, '/transactions')).toEqual([]);
  });

  test('the points of a client are drawn as they come, each once', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => `${1_790_000_000 + index},${(index % 9) / 10}`);
    const file = path.join(data, 'live.csv');
    const stream = (count: number, ...more: string[]) =>
      writeFile(file, ['timestamp,value', ...rows.slice(0, count)].join('\n')).then(() =>
        flagstone(
          data,
          'stream',
          file,
          '--client-id=live',
          '--window=10',
          '--quiet',
          `--logs=${path.join(data, 'l')}`,
          ...more,
        ),
      );
    await stream(20);
    const { page, complaints } = await openPage('/client/live');
    await page.getByText('the latest 20 points').waitFor(SLOW);
    await page.getByText('Live', { exact: true }).waitFor(SLOW);
    await writeFile(file, ['timestamp,value', ...rows.slice(20)].join('\n'));
    const streaming = flagstone(
      data,
      'stream',
      file,
      '--client-id=live',
      '--window=10',
      '--quiet',
      '--rate=20',
      '--restart',
      `--logs=${path.join(data, 'l2')}`,
    );
    await page.getByText(/the latest (?:[3-9]\d) points/).waitFor(SLOW);
    await streaming;
    await page.getByText('the latest 120 points').waitFor(SLOW);
    expect(complaints).toEqual([]);
  });

  test('pages go on when the live connection was lost, and miss nothing', async () => {
    const { page } = await openPage('/');
    await page.getByText('Live', { exact: true }).waitFor(SLOW);
    await page.context().setOffline(true);
    await send('missed', [purchaseOf('195', '66666.66')]);
    await page.context().setOffline(false);
    await expect.poll(async () => page.getByText('66,666.66').isVisible(), SLOW).toBe(true);
  });
});
