import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLiveState } from '../data/live.ts';
import { chooseTheme, chosenTheme } from './theme.ts';

const PAGES = [
  { path: '/', name: 'Overview' },
  { path: '/purchases', name: 'Purchases' },
  { path: '/transactions', name: 'Transactions' },
] as const;

/** What every page is framed by. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  return (
    <>
      <a class="skip-link" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href="/">
            <svg viewBox="0 0 32 32" aria-hidden="true">
              <path class="brand-pole" d="M7 29V4" />
              <path class="brand-cloth" d="M9 5h16l-4 6 4 6H9z" />
            </svg>
            Flagstone
          </a>
          <Pages />
          <LiveState />
          <ThemeButton />
        </div>
      </header>
      <main id="content">{children}</main>
    </>
  );
}

function Pages() {
  const { path } = useLocation();
  return (
    <nav class="pages" aria-label="Pages">
      {PAGES.map((page) => (
        <a key={page.path} href={page.path} aria-current={page.path === path ? 'page' : undefined}>
          {page.name}
        </a>
      ))}
    </nav>
  );
}

const STATES = { live: 'Live', connecting: 'Connecting', lost: 'Not live' } as const;

function LiveState() {
  const state = useLiveState();
  return (
    <span class="small quiet top-tools" role="status">
      <span class={state === 'live' ? 'dot dot-on' : 'dot'} aria-hidden="true" />
      {STATES[state]}
    </span>
  );
}

function ThemeButton() {
  const [theme, setTheme] = useState(chosenTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button class="button-plain" type="button" aria-label={`Use the ${other} theme`} onClick={change}>
      {theme === 'dark' ? '☀' : '☾'}
    </button>
  );
}
