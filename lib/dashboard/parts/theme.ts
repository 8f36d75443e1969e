export type Theme = 'light' | 'dark';

const KEY = 'flagstone-theme';
const prefersDark = globalThis.matchMedia('(prefers-color-scheme: dark)');

/** The user's own choice, or else the system's. */
export function chosenTheme(): Theme {
  const chosen = globalThis.localStorage.getItem(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return prefersDark.matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  globalThis.localStorage.setItem(KEY, theme);
  applyTheme(theme);
}

/** Charts draw themselves anew on this event of the document: a canvas does not follow the style sheet. */
export const THEME_CHANGED = 'flagstone-theme';

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  document.dispatchEvent(new Event(THEME_CHANGED));
}

/** A colour of the style sheet, such as `--flag`, for drawing on a canvas. */
export function colour(token: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}
