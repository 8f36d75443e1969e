import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy, siteFile, siteHeaders } from '../../../lib/core/api/site.ts';

describe('the files of the dashboard', () => {
  test.each(['/', '/purchases', '/users/a.b', '/client/prices.csv', '/assetsx'])('%s is a page', (path) => {
    expect(siteFile(path)).toBe('/index.html');
  });

  test('are themselves under /assets/, whether they are there or not', () => {
    expect(siteFile('/assets/index-1a.js')).toBe('/assets/index-1a.js');
  });

  test('are kept for ever by browsers if their names change with their content, and else asked for each time', () => {
    expect(siteHeaders('/assets/index-1a.css')).toEqual({
      contentType: 'text/css; charset=utf-8',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(siteHeaders('/index.html')).toEqual({ contentType: 'text/html; charset=utf-8', cacheControl: 'no-cache' });
  });

  test('but for what says how to sign in, which is kept by nobody', () => {
    expect(siteFile('/config.json')).toBe('/config.json');
    expect(siteHeaders('/config.json')).toEqual({ contentType: 'application/json', cacheControl: 'no-store' });
  });

  test('of an unknown kind are bytes', () => {
    expect(siteHeaders('/assets/x.wasm').contentType).toBe('application/octet-stream');
  });

  test('may load nothing from elsewhere, and run nothing that is written into the page', () => {
    expect(contentSecurityPolicy()).toContain("default-src 'self'; connect-src 'self';");
    expect(contentSecurityPolicy()).not.toMatch(/unsafe|\*|https?:/);
  });

  test('may ask for things at one more place, where that is given', () => {
    const policy = contentSecurityPolicy('https://tokens.example.com');
    expect(policy).toContain("default-src 'self'; connect-src 'self' https://tokens.example.com;");
    expect(policy.match(/https?:/g)).toHaveLength(1);
  });
});
