import { describe, expect, test } from 'vitest';
import { OPEN_TO_ALL, readSiteConfig } from '../../../lib/core/api/site-config.ts';

const SIGN_IN = {
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab1',
  domain: 'https://flagstone-1a2b.auth.eu-west-1.amazoncognito.com',
  clientId: '1example23456789',
  scopes: ['openid'],
  pages: ['https://d1.cloudfront.net/', 'http://localhost:5173/'],
};

describe('what the dashboard is told of signing in', () => {
  test.each([OPEN_TO_ALL, { signIn: SIGN_IN }])('is read as it was written: %j', (config) => {
    expect(readSiteConfig(config)).toEqual(config);
  });

  test.each([
    ['another protocol', { ...SIGN_IN, domain: 'http://sign-in.example' }, 'signIn.domain must be an https: address'],
    ['a slash at the end', { ...SIGN_IN, issuer: 'https://a.example/' }, 'signIn.issuer must be an https: address'],
    ['no client', { ...SIGN_IN, clientId: '' }, 'signIn.clientId'],
    ['nothing to ask for', { ...SIGN_IN, scopes: [] }, 'signIn.scopes'],
    ['no page', { ...SIGN_IN, pages: [] }, 'signIn.pages'],
    ['a page without a slash at its end', { ...SIGN_IN, pages: ['https://a.example'] }, 'signIn.pages.0 must be'],
    ['more than is known', { ...SIGN_IN, clientSecret: 'x' }, 'signIn'],
    ['nothing said of it', undefined, 'signIn'],
  ])('is refused for %s', (_, signIn, fault) => {
    expect(() => readSiteConfig({ signIn })).toThrow(
      new RegExp(`the configuration of the dashboard is wrong: .*${fault}`),
    );
  });
});
