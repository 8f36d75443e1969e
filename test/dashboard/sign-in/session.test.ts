import { describe, expect, test } from 'vitest';
import type { Session, SessionState } from '../../../lib/dashboard/sign-in/session.ts';
import { FakeBrowser, HOME } from './fake-browser.ts';
import { FakeIssuer } from './fake-issuer.ts';

const ANN = 'ann@example.org';

function aTab(signedIn = ANN) {
  let issuer = new FakeIssuer([]);
  const browser = new FakeBrowser((now) => (issuer = new FakeIssuer([HOME], now)));
  issuer.signedIn = signedIn === 'nobody' ? undefined : signedIn;
  return { browser, issuer };
}

/** Signs in as somebody who is asked for it. */
async function signIn(session: Session, { browser, issuer }: ReturnType<typeof aTab>): Promise<string> {
  await session.signIn();
  issuer.signedIn = ANN;
  return browser.follow();
}

describe('who opens a page', () => {
  test('is let in where there is no sign-in, without being asked', async () => {
    const { browser, issuer } = aTab();
    browser.config = () => ({ signIn: null });
    const session = await browser.open('/purchases');
    expect(session.state).toEqual({ kind: 'open' });
    await session.fetch('/api/stats');
    expect(browser.asked).toEqual([null]);
    expect(issuer.asked).toEqual([]);
  });

  test('is let in if the server knows who it is, and is on the page that was asked for', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/users/7?at=1#recent');
    expect(session.state).toEqual({ kind: 'signed in', who: ANN });
    expect(browser.address.href).toBe(`${HOME}users/7?at=1#recent`);
    expect((await session.fetch('/api/stats')).status).toBe(200);
    expect(issuer.asked).toEqual(['GET /oauth2/authorize none', 'POST /oauth2/token authorization_code']);
  });

  test('is asked for nothing if the server knows nobody, but told so', async () => {
    const { browser } = aTab('nobody');
    const session = await browser.open('/purchases?user=7');
    expect(session.state).toEqual({ kind: 'signed out' });
    expect(browser.address.href).toBe(`${HOME}purchases?user=7`);
    await expect(session.fetch('/api/stats')).rejects.toThrow('nobody is signed in');
    expect(browser.asked).toEqual([]);
  });

  test('signs in when that is wished, and comes back to the page', async () => {
    const tab = aTab('nobody');
    const out = await tab.browser.open('/purchases?user=7');
    expect(await signIn(out, tab)).toBe('a page of ours');
    const session = await tab.browser.open(tab.browser.address.href);
    expect(session.state).toMatchObject({ kind: 'signed in' });
    expect(tab.browser.address.href).toBe(`${HOME}purchases?user=7`);
  });

  test('leaves nothing behind: no token anywhere, no code in an address that stays', async () => {
    const { browser } = aTab();
    await browser.open('/purchases');
    expect([...browser.stored]).toEqual([]);
    expect(browser.shown.at(-1)).toBe(`${HOME}purchases`);
    expect(browser.shown.filter((address) => /token/.test(address))).toEqual([]);
  });

  test('comes back to this site, whatever the address looked like', async () => {
    const { browser } = aTab();
    await browser.open(`${HOME}/evil.example/`);
    expect(browser.address.origin).toBe(new URL(HOME).origin);
  });
});

describe('what is refused', () => {
  const failed = (reason: RegExp): SessionState => ({ kind: 'failed', reason: expect.stringMatching(reason) });

  test.each([
    ['another state', { state: 'another' }, /state/],
    ['another issuer', { iss: 'https://evil.example' }, /iss/],
  ])('is an answer with %s', async (_, change, reason) => {
    const tab = aTab('nobody');
    await signIn(await tab.browser.open('/'), tab);
    const answer = new URL(tab.browser.address);
    for (const [name, value] of Object.entries(change)) answer.searchParams.set(name, value);
    expect((await tab.browser.open(answer.href)).state).toEqual(failed(reason));
    expect(tab.browser.address.search).toBe('');
    expect(tab.issuer.asked).not.toContain('POST /oauth2/token authorization_code');
  });

  test('is an answer that this tab has not asked for, such as a code of somebody else, and one that comes twice', async () => {
    const tab = aTab();
    expect((await tab.browser.open('/?code=stolen&state=any')).state).toEqual(failed(/no sign-in that was begun/));
    await signIn(await tab.browser.open('/?error=x'), tab);
    const answer = tab.browser.address.href;
    expect((await tab.browser.open(answer)).state).toMatchObject({ kind: 'signed in' });
    expect((await tab.browser.open(answer)).state).toEqual(failed(/no sign-in that was begun/));
  });

  test('is a code whose verifier is another', async () => {
    const tab = aTab('nobody');
    await signIn(await tab.browser.open('/'), tab);
    const [[key, kept] = ['', '']] = tab.browser.stored;
    tab.browser.stored.set(
      key,
      kept.replace(/"verifier":"."/, '"verifier":"x').replace(/"verifier":"(.)/, '"verifier":"z'),
    );
    expect((await tab.browser.open(tab.browser.address.href)).state).toEqual(failed(/invalid_grant/));
  });

  test.each([
    ['for another nonce', { nonce: 'another' }, /nonce/],
    ['without a nonce', { nonce: undefined }, /nonce/],
    ['for another client', { aud: 'another' }, /aud/],
    ['of another issuer', { iss: 'https://evil.example' }, /iss/],
    ['that has ended', { exp: 1 }, /exp/],
  ])('is an identity token %s', async (_, forged, reason) => {
    const { browser, issuer } = aTab();
    issuer.forged = forged;
    expect((await browser.open('/')).state).toEqual(failed(reason));
  });

  test('is said in the words of the server, and can be tried again', async () => {
    const { browser, issuer } = aTab();
    issuer.refusal = { error: 'access_denied', error_description: 'User is disabled.' };
    const session = await browser.open('/purchases');
    expect(session.state).toEqual({ kind: 'failed', reason: 'User is disabled.' });
    issuer.refusal = undefined;
    await session.signIn();
    expect(await browser.follow()).toBe('a page of ours');
    expect((await browser.open(browser.address.href)).state).toMatchObject({ kind: 'signed in' });
    expect(browser.address.href).toBe(`${HOME}purchases`);
  });

  test('is to sign in from a page that people may not come back to; it is told which one may', async () => {
    const { browser, issuer } = aTab();
    issuer.signIn.pages = ['https://other.example/'];
    expect((await browser.open('/')).state).toEqual(
      failed(/^Nobody can sign in from https:\/\/dashboard\.example\/: open https:\/\/other\.example\/\.$/),
    );
    expect(issuer.asked).toEqual([]);
  });

  test('is told, too: a server that gives no tokens, and a site that does not say how to sign in', async () => {
    const { browser, issuer } = aTab();
    issuer.fault = { status: 500, body: {} };
    expect((await browser.open('/')).state).toMatchObject({ kind: 'failed' });
    browser.config = () => {
      throw new Error('How to sign in cannot be told: the server answered 403.');
    };
    const session = await browser.open('/');
    expect(session.state).toEqual(failed(/the server answered 403/));
    [browser.config, issuer.fault] = [() => ({ signIn: null }), undefined];
    await session.signIn();
    expect(session.state).toEqual({ kind: 'open' });
  });
});

describe('who has signed in', () => {
  test('gets new tokens before the old ones end, once for all that is asked at the same time', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    browser.now += (issuer.lifetimeSeconds - 30) * 1000;
    const answers = await Promise.all(
      ['/api/stats', '/api/clients', '/api/networks'].map((path) => session.fetch(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(issuer.asked.filter((asked) => asked.endsWith('refresh_token'))).toHaveLength(1);
    expect(new Set(browser.asked).size).toBe(1);
    expect(session.state).toEqual({ kind: 'signed in', who: ANN });
  });

  test('goes on when the API takes the token no more, as long as the server gives another', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    issuer.expireAccess();
    const answers = await Promise.all(['/api/stats', '/api/clients'].map((path) => session.fetch(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(issuer.asked.filter((asked) => asked.endsWith('refresh_token'))).toHaveLength(1);
  });

  test('is told when the session has ended, and nothing is asked any more', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    const states: SessionState[] = [];
    session.watch((state) => states.push(state));
    issuer.endSessions();
    await expect(session.fetch('/api/stats')).rejects.toThrow('nobody is signed in');
    expect(states).toEqual([{ kind: 'ended' }]);
    const { length } = browser.asked;
    await expect(session.fetch('/api/stats')).rejects.toThrow('nobody is signed in');
    expect(browser.asked).toHaveLength(length);
  });

  test('is told when the API takes no token at all, instead of asking for ever', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    issuer.lifetimeSeconds = 0;
    issuer.expireAccess();
    expect((await session.fetch('/api/stats')).status).toBe(401);
    expect(session.state).toEqual({ kind: 'ended' });
    expect(browser.asked).toHaveLength(2);
  });

  test('stays so while the server cannot be reached: that is no end', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    issuer.fault = { status: 503, body: {} };
    issuer.expireAccess();
    await expect(session.fetch('/api/stats')).rejects.toThrow('unexpected HTTP status code');
    expect(session.state).toMatchObject({ kind: 'signed in' });
    issuer.fault = undefined;
    expect((await session.fetch('/api/stats')).status).toBe(200);
  });
});

describe('who signs out', () => {
  test('is forgotten by the page, and by the server, and what could be renewed no longer can', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/purchases');
    const out = session.signOut();
    expect(session.state).toEqual({ kind: 'signed out' });
    await out;
    expect(issuer.asked.slice(-1)).toEqual(['POST /oauth2/revoke']);
    expect(await browser.follow()).toBe('a page of ours');
    expect(issuer.signedIn).toBeUndefined();
    expect((await browser.open(browser.address.href)).state).toEqual({ kind: 'signed out' });
    expect(browser.address.href).toBe(HOME);
  });

  test('is let go also where nothing can be revoked', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    issuer.answer = async () => Promise.reject(new TypeError('fetch failed'));
    await session.signOut();
    expect(session.state).toEqual({ kind: 'signed out' });
    await expect(session.fetch('/api/stats')).rejects.toThrow('nobody is signed in');
  });

  test('is not signed in again by a renewal that was under way', async () => {
    const { browser, issuer } = aTab();
    const session = await browser.open('/');
    let go = (): void => undefined;
    issuer.delay = new Promise<void>((resolve) => (go = resolve));
    issuer.expireAccess();
    const asked = session.fetch('/api/stats');
    await session.signOut();
    go();
    await expect(asked).rejects.toThrow('nobody is signed in');
    expect(session.state).toEqual({ kind: 'signed out' });
  });
});
