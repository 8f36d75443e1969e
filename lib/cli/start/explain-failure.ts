import { UsageError } from '../usage-error.ts';

/** What keeps a local run from starting and its user can put right; and what to add to the message. */
const FAULTS: Readonly<Record<string, string>> = {
  FolderInUse: '',
  ServiceNotStarted: '; choose other ports with --port=N, or --port=0 for any free ones',
  StoreNotOpened: '',
  CannotDeploy: '',
  NoSources: '',
  SettingsError: '',
};

export function explained(error: unknown): unknown {
  if (isMissingPackage(error)) {
    return new UsageError(`this needs the development packages: run npm ci (${error.message})`, {
      cause: error,
    });
  }
  if (!(error instanceof Error) || !Object.hasOwn(FAULTS, error.name)) return error;
  return new UsageError(`${error.message}${FAULTS[error.name]}`, { cause: error });
}

function isMissingPackage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
