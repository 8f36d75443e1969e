import path from 'node:path';
import { defineConfig } from 'vite';

/** Where the local run serves the API while the pages are served with hot reload. */
const backend = process.env['FLAGSTONE_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: path.resolve(import.meta.dirname, '../../dist/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    // A data: URL would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': { target: backend },
      '/config.json': { target: backend },
      '/live': { target: backend, ws: true },
      '/series': { target: backend, ws: true },
    },
  },
});
