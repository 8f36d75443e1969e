import { expect, test } from 'vitest';
import { explained } from '../../../lib/cli/start/explain-failure.ts';
import { UsageError } from '../../../lib/cli/usage-error.ts';

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

test('a port that is taken can be exchanged for another', () => {
  const error = explained(failure('ServiceNotStarted', 'S3 cannot listen on port 1'));
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toMatch(/S3 cannot listen on port 1; choose other ports with --port=N, or --port=0/);
});

test.each(['FolderInUse', 'OtherFormat', 'StoreNotOpened', 'CannotDeploy', 'NoSources', 'SettingsError'])(
  '%s says all itself',
  (name) => {
    expect(explained(failure(name, 'a sentence'))).toEqual(new UsageError('a sentence'));
  },
);

test.each([
  ['EACCES', /^UsageError: permission denied; choose a folder of your own with --data=DIR \(EACCES: /],
  ['EROFS', /the disk can only be read; choose another folder/],
  ['EEXIST', /the data folder is no folder; choose another one/],
  ['ENOSPC', /no space is left on the disk; make some, and start again/],
])('%s of the data folder says what to do', (code, message) => {
  const error = explained(Object.assign(new Error(`${code}: as the system says`), { code }));
  expect(error).toBeInstanceOf(UsageError);
  expect(String(error)).toMatch(message);
});

test('a package that is missing is to be installed', () => {
  const missing = Object.assign(new Error("Cannot find package 'dynalite'"), { code: 'ERR_MODULE_NOT_FOUND' });
  expect(String(explained(missing))).toMatch(
    /needs the development packages: run npm ci \(Cannot find package 'dynalite'\)/,
  );
});

test('any other error stays what it is', () => {
  const error = new TypeError('no');
  expect(explained(error)).toBe(error);
});
