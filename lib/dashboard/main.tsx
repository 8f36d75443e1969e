import { render } from 'preact';
import { App, preloadPages } from './app.tsx';
import { applyTheme, chosenTheme } from './parts/theme.ts';
import { session } from './sign-in/page-session.ts';

applyTheme(chosenTheme());
// Before anything is drawn: the address may be an answer to a sign-in.
void session.start();
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);
preloadPages();
