import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { asDeployed, type Cloud } from './cloud.ts';
import { closeBrowser, openPage, PHONE, seriousFaults } from './open-page.ts';

afterAll(closeBrowser);

const SLOW = { timeout: 30_000 };
const ANN = 'ann@example.org';

interface Deployed extends Cloud {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a page as of a deployed system, in a browser that somebody has signed in with, or nobody. */
async function open(path: string, who?: string, options: object = {}): Promise<Deployed> {
  let cloud: Cloud | undefined;
  const prepare = async (context: BrowserContext): Promise<void> => {
    cloud = await asDeployed(context);
    cloud.issuer.signedIn = who;
  };
  const opened = await openPage(path, { ...options, prepare });
  return Object.assign(cloud!, opened);
}

const heading = (page: Page) => page.locator('h1');

async function textOf(page: Page, expected: string): Promise<void> {
  await expect.poll(async () => heading(page).innerText(), SLOW).toBe(expected);
}

/** The person signs in on the page of the issuer, which then leads back. */
async function signInAs(who: string, { page, issuer }: Deployed, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await textOf(page, 'Sign in to Flagstone');
  issuer.signedIn = who;
  await page.reload();
}

/** All that a page can leave in a browser. */
async function leftBehind(page: Page): Promise<string> {
  const stored = await page.evaluate<string>(
    `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state])`,
  );
  const cookies = await page.context().cookies();
  return `${stored} ${JSON.stringify(cookies)}`;
}

describe('who is not signed in', () => {
  test('is told so, on the page and to a screen reader, and is shown nothing', async () => {
    const { page, refused, complaints } = await open('/purchases');
    await textOf(page, 'You are not signed in');
    expect(await page.getByRole('alert').innerText()).toContain('You are not signed in');
    expect(await page.title()).toBe('You are not signed in · Flagstone');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/purchases');
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(refused).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('signs in, and comes back to the page that was asked for, with its data', async () => {
    const deployed = await open('/transactions?show=all');
    await textOf(deployed.page, 'You are not signed in');
    await signInAs(ANN, deployed, 'Sign in');
    await textOf(deployed.page, 'Transactions');
    await deployed.page.locator('tbody tr').first().waitFor(SLOW);
    expect(deployed.page.url()).toMatch(/\/transactions\?show=all$/);
    await deployed.page.getByText('Live', { exact: true }).waitFor(SLOW);
    expect(deployed.complaints).toEqual([]);
  });

  test('is told why the sign-in failed', async () => {
    const deployed = await open('/');
    await textOf(deployed.page, 'You are not signed in');
    deployed.issuer.refusal = { error: 'access_denied', error_description: 'User is disabled.' };
    await deployed.page.getByRole('button', { name: 'Sign in' }).click();
    await textOf(deployed.page, 'Sign-in failed');
    expect(await deployed.page.getByRole('alert').innerText()).toContain('User is disabled.');
    expect(new URL(deployed.page.url()).search).toBe('');
  });

  test.each(['light', 'dark'] as const)(
    'can use the page all the same, in %s, on a phone and by keyboard',
    async (colorScheme) => {
      const { page } = await open('/', undefined, { colorScheme, viewport: PHONE });
      await textOf(page, 'You are not signed in');
      expect(await seriousFaults(page)).toEqual([]);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(PHONE.width);
      await page.getByRole('button', { name: 'Sign in' }).focus();
      await page.keyboard.press('Enter');
      await textOf(page, 'Sign in to Flagstone');
    },
  );
});

describe('who is signed in', () => {
  test('is let in without being asked, sees what is there, and leaves no token anywhere', async () => {
    const { page, issuer, complaints } = await open('/', ANN);
    await textOf(page, 'Overview');
    await page.locator('.figures dd >> text=/^1,\\d{3}/').first().waitFor(SLOW);
    await page.getByText('Live', { exact: true }).waitFor(SLOW);
    const asked = await page.evaluate<string>('performance.getEntriesByType("navigation")[0].name');
    expect(asked).toContain('code=');
    const left = await leftBehind(page);
    expect(left).not.toMatch(/token|code=|state=|verifier|eyJ/);
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    expect(issuer.asked.filter((each) => each.includes('token'))).toEqual(['POST /oauth2/token authorization_code']);
    expect(complaints).toEqual([]);
  });

  test('stays so through a reload, on the same page, by the session of the server alone', async () => {
    const { page } = await open('/clients', ANN);
    await textOf(page, 'Series');
    await page.getByText('prices').first().waitFor(SLOW);
    await page.reload();
    await textOf(page, 'Series');
    await page.getByText('prices').first().waitFor(SLOW);
    expect(new URL(page.url()).pathname).toBe('/clients');
  });

  test('sees nothing of it when a token ends in the middle', async () => {
    const { page, issuer } = await open('/', ANN);
    await page.locator('.figures dd >> text=/^1,\\d{3}/').first().waitFor(SLOW);
    issuer.expireAccess();
    await expect.poll(() => issuer.asked.at(-1), SLOW).toBe('POST /oauth2/token refresh_token');
    await textOf(page, 'Overview');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('is told when the session has ended, sees no data any more, and goes on where it was', async () => {
    const deployed = await open('/', ANN);
    const { page, issuer } = deployed;
    await page.getByRole('navigation').getByRole('link', { name: 'Transactions' }).click();
    await page.locator('tbody tr').first().waitFor(SLOW);
    // Else what is still being asked for finds out first, and there is no link any more.
    await page.waitForLoadState('networkidle');
    issuer.endSessions();
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
    await textOf(page, 'Your session has ended');
    expect(await page.getByRole('alert').innerText()).toContain('Sign in again');
    expect(await page.locator('.figures').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);
    await signInAs(ANN, deployed, 'Sign in again');
    await textOf(page, 'Overview');
  });

  test('signs out: the page forgets, the server forgets, and going back shows nothing', async () => {
    const { page, issuer } = await open('/purchases', ANN);
    await page.locator('tbody tr').first().waitFor(SLOW);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await textOf(page, 'You are not signed in');
    await expect
      .poll(() => issuer.asked.slice(-3), SLOW)
      .toEqual(['POST /oauth2/revoke', 'GET /logout', 'GET /oauth2/authorize none']);
    expect(issuer.signedIn).toBeUndefined();
    // The last answer leads back to the page, which cannot be asked on the way.
    await expect.poll(() => leftBehind(page), SLOW).not.toMatch(/token|code=|verifier|eyJ/);
    await page.goBack().catch(() => undefined);
    expect(await page.locator('tbody tr').count()).toBe(0);
  });

  test('gets a ticket for each live connection, and another one when a ticket is not taken', async () => {
    const deployed = await open('/', ANN);
    const { page, connections } = deployed;
    await page.getByText('Live', { exact: true }).waitFor(SLOW);
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatch(/\/live\?ticket=[\w-]{43}$/);
    deployed.ticketsAreGood = false;
    await page.reload();
    await expect.poll(() => connections.length, SLOW).toBeGreaterThan(3);
    await page.getByText('Not live', { exact: true }).waitFor(SLOW);
    deployed.ticketsAreGood = true;
    await page.getByText('Live', { exact: true }).waitFor(SLOW);
    expect(new Set(connections).size).toBe(connections.length);
  });
});
