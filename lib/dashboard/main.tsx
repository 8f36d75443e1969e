import { render } from 'preact';
import { App, preloadPages } from './app.tsx';
import { applyTheme, chosenTheme } from './parts/theme.ts';

applyTheme(chosenTheme());
const root = document.querySelector('#app');
if (root !== null) render(<App />, root);
preloadPages();
