import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLiveState } from '../data/live.ts';
import { useReachable } from '../data/reachable.ts';
import { session, useSession } from '../sign-in/page-session.ts';
import { isLetIn } from '../sign-in/session.ts';
import { chooseTheme, chosenTheme } from './theme.ts';

const PAGES = [
  { path: '/', name: 'Overview', under: ['/'] },
  { path: '/purchases', name: 'Purchases', under: ['/purchases'] },
  { path: '/transactions', name: 'Transactions', under: ['/transactions', '/users/'] },
  { path: '/clients', name: 'Series', under: ['/clients', '/client/'] },
] as const;

/** What every page is framed by. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const state = useSession();
  return (
    <>
      <a class="skip-link" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href="/" aria-label="Flagstone, to the overview">
            <svg viewBox="0 0 32 32" aria-hidden="true">
              <path class="brand-pole" d="M7 29V4" />
              <path class="brand-cloth" d="M9 5h16l-4 6 4 6H9z" />
            </svg>
            Flagstone
          </a>
          {isLetIn(state) && <PageLinks />}
          <div class="top-tools">
            {isLetIn(state) && <LiveState />}
            {state.kind === 'signed in' && <SignOutButton who={state.who} />}
            <ThemeButton />
          </div>
        </div>
      </header>
      <main id="content">{children}</main>
    </>
  );
}

function PageLinks() {
  const { path } = useLocation();
  return (
    <nav class="pages" aria-label="Pages">
      {PAGES.map((page) => (
        <a key={page.path} href={page.path} aria-current={currentKind(page, path)}>
          {page.name}
        </a>
      ))}
    </nav>
  );
}

function currentKind({ path, under }: (typeof PAGES)[number], current: string): 'page' | 'true' | undefined {
  if (path === current) return 'page';
  return under.some((start) => start.length > 1 && current.startsWith(start)) ? 'true' : undefined;
}

const STATES = {
  live: { text: 'Live', dot: 'dot dot-on', title: 'What is new appears by itself' },
  connecting: { text: 'Connecting', dot: 'dot', title: 'The live connection is being made' },
  lost: {
    text: 'Not live',
    dot: 'dot dot-off',
    title: 'There is no live connection: what is new is asked for now and then',
  },
  unreachable: { text: 'Not reached', dot: 'dot dot-bad', title: 'The API does not answer: what you see may be old' },
} as const;

function LiveState() {
  const live = useLiveState();
  const state = STATES[useReachable() ? live : 'unreachable'];
  return (
    <span class="small quiet live-state" role="status" title={state.title}>
      <span class={state.dot} aria-hidden="true" />
      {state.text}
    </span>
  );
}

function SignOutButton({ who }: { readonly who: string | undefined }) {
  return (
    <button
      class="button-plain button-small"
      type="button"
      title={who === undefined ? undefined : `Signed in as ${who}`}
      onClick={() => void session.signOut()}
    >
      Sign out
    </button>
  );
}

function ThemeButton() {
  const [theme, setTheme] = useState(chosenTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = (): void => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button
      class="button-plain"
      type="button"
      aria-label={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
      onClick={change}
    >
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
        {theme === 'dark' ? (
          <path d="M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 1v2.5M10 16.5V19M1 10h2.5M16.500 10H19M3.600 3.600l1.800 1.800M14.600 14.600l1.800 1.800M3.600 16.400l1.800-1.800M14.600 5.400l1.800-1.800" />
        ) : (
          <path d="M16.500 12.400A7 7 0 0 1 7.600 3.500a7 7 0 1 0 8.900 8.900z" />
        )}
      </svg>
    </button>
  );
}
