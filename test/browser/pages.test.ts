import { afterAll, describe, expect, test } from 'vitest';
import { closeBrowser, layoutShift, openPage, paintTimes, PHONE, seriousFaults } from './open-page.ts';
import { openEach, PAGES } from './page-list.ts';

afterAll(closeBrowser);

describe.each(PAGES)('$name', ({ name, path, title, shows }) => {
  test('shows what is there, under a title of its own, without complaints and without jumping', async () => {
    const { page, complaints } = await openPage(path());
    await openEach(page, shows);
    const { painted, shown } = await paintTimes(page);
    console.info(`${name}: first paint after ${painted} ms, all of it shown after ${shown} ms`);
    expect(await page.title()).toBe(`${title} · Flagstone`);
    expect(await page.locator('h1').innerText()).toBe(title);
    expect(await layoutShift(page)).toBeLessThan(0.1);
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('can be used by everybody, on a large screen in %s', async (colorScheme) => {
    const { page } = await openPage(path(), { colorScheme });
    await openEach(page, shows);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('can be used by everybody, on a phone, which shows all of its width', async () => {
    const { page } = await openPage(path(), { viewport: PHONE, colorScheme: 'dark' });
    await openEach(page, shows);
    expect(await seriousFaults(page)).toEqual([]);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(PHONE.width);
  });
});
