import { codeOf } from '../files/error-code.ts';
import { UsageError } from '../usage-error.ts';

/** What keeps a local run from starting and its user can put right; and what to add to the message. */
const FAULTS: Readonly<Record<string, string>> = {
  FolderInUse: '',
  OtherFormat: '',
  ServiceNotStarted: '; choose other ports with --port=N, or --port=0 for any free ones',
  StoreNotOpened: '',
  CannotDeploy: '',
  NoSources: '',
  SettingsError: '',
};

/** What the operating system refuses, by its codes. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; choose a folder of your own with --data=DIR',
  EPERM: 'permission denied; choose a folder of your own with --data=DIR',
  EROFS: 'the disk can only be read; choose another folder with --data=DIR',
  ENOTDIR: 'the data folder is no folder; choose another one with --data=DIR',
  EEXIST: 'the data folder is no folder; choose another one with --data=DIR',
  ENOSPC: 'no space is left on the disk; make some, and start again: nothing is lost',
};

/** An error with what its user can do about it, in one line; any other as it is. */
export function explained(error: unknown): unknown {
  if (isMissingPackage(error)) {
    return new UsageError(`this needs the development packages: run npm ci (${error.message})`, {
      cause: error,
    });
  }
  if (!(error instanceof Error)) return error;
  const refusal = REFUSALS[codeOf(error)];
  if (refusal !== undefined) return new UsageError(`${refusal} (${error.message})`, { cause: error });
  if (!Object.hasOwn(FAULTS, error.name)) return error;
  return new UsageError(`${error.message}${FAULTS[error.name]}`, { cause: error });
}

function isMissingPackage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
